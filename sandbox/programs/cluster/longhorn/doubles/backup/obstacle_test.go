package backup

import (
	"strings"
	"testing"
)

func TestObstacle(t *testing.T) {
	keys := map[string]string{"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "s"}
	with := func(name, value string) map[string]string {
		return map[string]string{"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "s", name: value}
	}
	for _, c := range []struct {
		target     string
		credential map[string]string
		says       string
	}{
		{"nfs://192.0.2.20:/backups", nil, ""},
		{"s3://backups@us-east-1/", keys, ""},
		{"s3://backups@us-east-1/", with("AWS_ENDPOINTS", "https://minio.storage.svc:9000"), ""},
		{"s3://backups@us-east-1/", map[string]string{"AWS_IAM_ROLE_ARN": "arn"}, ""},
		{"s3://backups@us-east-1/", map[string]string{"AWS_ACCESS_KEY_ID": "a"}, "missing [AWS_SECRET_ACCESS_KEY]"},
		{"nfs://unreachable.invalid:/backups", nil, "lookup unreachable.invalid: no such host"},
		{"s3://backups@unreachable.invalid/", keys, "lookup unreachable.invalid"},
		{"s3://backups@us-east-1/", with("AWS_ENDPOINTS", "https://minio.unreachable.invalid:9000"), "lookup minio.unreachable.invalid"},
		{"nfs://%zz", nil, "%zz"},
	} {
		got := obstacle(c.target, c.credential)
		if (c.says == "") != (got == "") || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q", c.target, got, c.says)
		}
	}
}
