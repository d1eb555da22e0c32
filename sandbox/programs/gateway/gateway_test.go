package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// commandVariable makes the tests' program the command itself: one process can hold one server.
const commandVariable = "SANDBOX_GATEWAY_TEST_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(commandVariable) != "" {
		main()
	}
	os.Exit(m.Run())
}

const (
	patience = 20 * time.Second
	access   = "access"
	secret   = "secretsecret"
)

// gateway is one that runs.
type gateway struct {
	t       *testing.T
	url     string
	command *exec.Cmd
	log     *bytes.Buffer
	exited  chan struct{}
}

// start runs the command on a folder and waits until it is ready, by the probe of s3gw.
func start(t *testing.T, data string, environment ...string) *gateway {
	t.Helper()
	host, port := freeAddress(t)
	g := &gateway{t: t, url: "http://" + net.JoinHostPort(host, port), log: &bytes.Buffer{}, exited: make(chan struct{})}
	g.command = command(served(host, port, data)...)
	g.command.Env = append(g.command.Env, environment...)
	g.command.Stdout, g.command.Stderr = g.log, g.log
	if err := g.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = g.command.Wait()
		close(g.exited)
	}()
	t.Cleanup(func() {
		_ = g.command.Process.Kill()
		<-g.exited
	})
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if response, err := http.Get(g.url + "/swift/healthcheck"); err == nil {
			response.Body.Close()
			return g
		}
	}
	t.Fatalf("it does not answer: %s", g.log)
	return nil
}

// served are the arguments for an address and a folder.
func served(host, port, data string) []string {
	return []string{"--address=" + host, "--", "-d", "--rgw-frontends", "beast port=" + port, "--rgw-sfs-data-path", data}
}

func command(arguments ...string) *exec.Cmd {
	command := exec.Command("/proc/self/exe", arguments...)
	command.Env = append(os.Environ(), commandVariable+"=1")
	return command
}

// withKeys is an environment.
func withKeys(access, secret string) []string {
	return []string{"RGW_DEFAULT_USER_ACCESS_KEY=" + access, "RGW_DEFAULT_USER_SECRET_KEY=" + secret}
}

func freeAddress(t *testing.T) (host, port string) {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	host, port, err = net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return host, port
}

// terminate sends SIGTERM and checks how the gateway ends.
func (g *gateway) terminate() {
	g.t.Helper()
	if err := g.command.Process.Signal(syscall.SIGTERM); err != nil {
		g.t.Fatal(err)
	}
	select {
	case <-g.exited:
		if code := g.command.ProcessState.ExitCode(); code != 0 {
			g.t.Errorf("exit code %d: %s", code, g.log)
		}
	case <-time.After(5 * time.Second):
		g.t.Fatal("SIGTERM does not end it")
	}
}

func (g *gateway) client(access, secret string) *s3.Client {
	return s3.New(s3.Options{
		BaseEndpoint: aws.String(g.url), Region: "us-east-1", UsePathStyle: true, RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider(access, secret, ""),
	})
}

func TestOneLineAtTheStart(t *testing.T) {
	data := t.TempDir()
	g := start(t, data, withKeys(access, secret)...)
	if _, err := g.client(access, secret).ListBuckets(t.Context(), nil); err != nil {
		t.Error(err)
	}
	g.terminate()
	address := strings.TrimPrefix(g.url, "http://")
	want := fmt.Sprintf("stands in for s3gw: versitygw v1.8.0 on %s, data in %s\n", address, data)
	if got := g.log.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRefusals(t *testing.T) {
	host, port := freeAddress(t)
	data := t.TempDir()
	taken := start(t, data)
	takenPort := taken.url[strings.LastIndex(taken.url, ":")+1:]
	for name, test := range map[string]struct {
		arguments []string
		code      int
		want      string
	}{
		"no address":      {[]string{"--", "-d"}, 2, "--address= is not an IP address"},
		"a name":          {[]string{"--address=localhost", "--"}, 2, "--address=localhost is not an IP address"},
		"unknown flag":    {[]string{"--adress=127.0.0.1", "--"}, 2, "adress"},
		"bad frontends":   {[]string{"--address=" + host, "--", "--rgw-frontends", "civetweb"}, 2, "has no frontend beast"},
		"no such folder":  {[]string{"--address=" + host, "--", "--rgw-sfs-data-path", data + "/absent"}, 1, data + "/absent"},
		"no such address": {served("192.0.2.1", port, data), 1, "192.0.2.1:" + port},
		"port in use":     {served(host, takenPort, data), 1, "address already in use"},
	} {
		refused := command(test.arguments...)
		output, err := refused.CombinedOutput()
		code := refused.ProcessState.ExitCode()
		if err == nil || code != test.code || !strings.Contains(string(output), test.want) {
			t.Errorf("%s: exit code %d, %s", name, code, output)
		}
	}
}

func TestSIGTERMEndsItSoon(t *testing.T) {
	g := start(t, t.TempDir())
	for _, sent := range []string{"", "GET / HTTP/1.1\r\nHost: a\r\n"} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(g.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.Write([]byte(sent)); err != nil {
			t.Fatal(err)
		}
	}
	g.beginUpload()
	began := time.Now()
	g.terminate()
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("after %v", took)
	}
}

// beginUpload begins to upload an object and never comes to an end.
func (g *gateway) beginUpload() {
	g.t.Helper()
	client := g.client("test", "test")
	if _, err := client.CreateBucket(g.t.Context(), &s3.CreateBucketInput{Bucket: bucket}); err != nil {
		g.t.Fatal(err)
	}
	signed, err := s3.NewPresignClient(client).PresignPutObject(g.t.Context(),
		&s3.PutObjectInput{Bucket: bucket, Key: aws.String("object")})
	if err != nil {
		g.t.Fatal(err)
	}
	body, sent := io.Pipe()
	g.t.Cleanup(func() { sent.Close() })
	request, err := http.NewRequest(http.MethodPut, signed.URL, body)
	if err != nil {
		g.t.Fatal(err)
	}
	request.ContentLength = 100 << 20
	go func() {
		if response, err := http.DefaultClient.Do(request); err == nil {
			g.t.Errorf("half an upload is answered with %s", response.Status)
			response.Body.Close()
		}
	}()
	// More than the sockets hold, so the server has begun to read it.
	if _, err := sent.Write(make([]byte, 20<<20)); err != nil {
		g.t.Fatal(err)
	}
}
