package main

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

var bucket = aws.String("bucket")

// pattern is a body in which a lost or doubled part shows.
func pattern(size int) []byte {
	body := make([]byte, size)
	for i := range body {
		body[i] = byte(i ^ i>>8 ^ i>>16)
	}
	return body
}

func get(t *testing.T, url string) (int, string, http.Header) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body), response.Header
}

func TestProbesAreAnsweredAsByS3gw(t *testing.T) {
	g := start(t, t.TempDir())
	if _, err := g.client("test", "test").CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: bucket}); err != nil {
		t.Fatal(err)
	}
	if status, body, _ := get(t, g.url+"/swift/healthcheck"); status != 200 || body != "" {
		t.Errorf("health check: %d %q", status, body)
	}
	status, body, header := get(t, g.url+"/")
	if status != 200 || !strings.Contains(body, "<ListAllMyBucketsResult") || !strings.Contains(body, "<ID>anonymous</ID>") ||
		strings.Contains(body, *bucket) || header.Get("Content-Type") != "application/xml" {
		t.Errorf("anonymous: %d %s %v", status, body, header)
	}
	// Only the probes' requests are answered without a signature.
	if status, body, _ := get(t, g.url+"/bucket"); status != 403 {
		t.Errorf("a bucket: %d %s", status, body)
	}
	if response, err := http.Post(g.url+"/", "text/plain", strings.NewReader("x")); err != nil || response.StatusCode == 200 {
		t.Errorf("POST: %v, %v", response, err)
	}
	if status, body, _ := get(t, presigned(t, g)); status != 200 || !strings.Contains(body, "object") {
		t.Errorf("presigned: %d %s", status, body)
	}
}

// presigned is a URL at which the object "object" can be read, after putting it there.
func presigned(t *testing.T, g *gateway) string {
	t.Helper()
	client := g.client("test", "test")
	put(t, client, "object", []byte("an object"))
	request, err := s3.NewPresignClient(client).PresignGetObject(t.Context(),
		&s3.GetObjectInput{Bucket: bucket, Key: aws.String("object")}, s3.WithPresignExpires(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	return request.URL
}

func put(t *testing.T, client *s3.Client, key string, body []byte) {
	t.Helper()
	input := &s3.PutObjectInput{Bucket: bucket, Key: aws.String(key), Body: bytes.NewReader(body)}
	if _, err := client.PutObject(t.Context(), input); err != nil {
		t.Fatal(key, err)
	}
}

// putInParts uploads a body in two parts.
func putInParts(t *testing.T, client *s3.Client, key string, body []byte) {
	t.Helper()
	upload, err := client.CreateMultipartUpload(t.Context(), &s3.CreateMultipartUploadInput{Bucket: bucket, Key: &key})
	if err != nil {
		t.Fatal(err)
	}
	const first = 5 << 20 // the least that a part but the last may have
	var parts []types.CompletedPart
	for i, part := range [][]byte{body[:first], body[first:]} {
		number := aws.Int32(int32(i + 1))
		sent, err := client.UploadPart(t.Context(), &s3.UploadPartInput{
			Bucket: bucket, Key: &key, UploadId: upload.UploadId, PartNumber: number, Body: bytes.NewReader(part),
		})
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, types.CompletedPart{ETag: sent.ETag, PartNumber: number})
	}
	if _, err := client.CompleteMultipartUpload(t.Context(), &s3.CompleteMultipartUploadInput{
		Bucket: bucket, Key: &key, UploadId: upload.UploadId, MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
	}); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, client *s3.Client, key string) []byte {
	t.Helper()
	object, err := client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: &key})
	if err != nil {
		t.Fatal(key, err)
	}
	defer object.Body.Close()
	body, err := io.ReadAll(object.Body)
	if err != nil {
		t.Fatal(key, err)
	}
	return body
}

func TestObjectsAndKeysOutliveTheProcess(t *testing.T) {
	data := t.TempDir()
	first := start(t, data, withKeys(access, secret)...)
	client := first.client(access, secret)
	if _, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: bucket}); err != nil {
		t.Fatal(err)
	}
	small, large := []byte("text"), pattern(12<<20+17)
	put(t, client, "a folder/small", small)
	put(t, client, "large", large)
	putInParts(t, client, "parts", large)
	if _, err := client.CopyObject(t.Context(), &s3.CopyObjectInput{
		Bucket: bucket, Key: aws.String("copy"), CopySource: aws.String("bucket/large"),
	}); err != nil {
		t.Error(err)
	}
	first.terminate()

	// New keys in the Secret change nothing, as with s3gw.
	second := start(t, data, withKeys("other", "othersecret")...)
	client = second.client(access, secret)
	for key, want := range map[string][]byte{"a folder/small": small, "large": large, "parts": large, "copy": large} {
		if got := read(t, client, key); !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes of %d, or others", key, len(got), len(want))
		}
	}
	wantCode(t, second.client("other", "othersecret"), "InvalidAccessKeyId")
	wantCode(t, second.client(access, "wrong"), "SignatureDoesNotMatch")
}

// wantCode checks that a client is refused with an error code of S3's.
func wantCode(t *testing.T, client *s3.Client, code string) {
	t.Helper()
	_, err := client.ListBuckets(t.Context(), nil)
	if problem := smithy.APIError(nil); !errors.As(err, &problem) || problem.ErrorCode() != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestTheKeptKeysAreNeitherBucketNorObject(t *testing.T) {
	data := t.TempDir()
	g := start(t, data, withKeys(access, secret)...)
	client := g.client(access, secret)
	if _, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: bucket}); err != nil {
		t.Fatal(err)
	}
	put(t, client, "object", []byte("x"))
	listed, err := client.ListBuckets(t.Context(), nil)
	if err != nil || len(listed.Buckets) != 1 || *listed.Buckets[0].Name != *bucket {
		t.Errorf("buckets %+v, %v", listed, err)
	}
	path := keptKeys(t, data)
	name := filepath.Base(path)
	if _, err := client.HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &name}); err == nil {
		t.Error("it is a bucket")
	}
	for _, key := range []string{"../" + name, "a/../../" + name} {
		object, err := client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: &key})
		if err == nil {
			body, _ := io.ReadAll(object.Body)
			t.Errorf("%s reads %q", key, body)
		}
		_, err = client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: &key, Body: strings.NewReader("{}")})
		if err == nil {
			t.Errorf("%s can be written", key)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), secret) {
		t.Errorf("the kept keys became %s, %v", text, err)
	}
}

// keptKeys is the one file in the data folder itself that has the secret key.
func keptKeys(t *testing.T, data string) string {
	t.Helper()
	entries, err := os.ReadDir(data)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, entry := range entries {
		path := filepath.Join(data, entry.Name())
		if text, err := os.ReadFile(path); err == nil && strings.Contains(string(text), secret) {
			found = append(found, path)
		}
	}
	if len(found) != 1 {
		t.Fatalf("the keys are kept in %q", found)
	}
	return found[0]
}
