package backup

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/longhorn/longhorn-manager/types"
)

// unreachableDomain is the top-level domain that never exists, RFC 2606: the way to ask for a target that cannot be reached.
const unreachableDomain = ".invalid"

// obstacle says why a backup target could not be used; "" where it could. Nobody is asked: it is what can be told from the URL and
// the credentials.
func obstacle(target string, credential map[string]string) string {
	address, err := url.Parse(target)
	if err != nil {
		return err.Error()
	}
	if address.Scheme == types.BackupStoreTypeS3 && credential[types.AWSIAMRoleArn] == "" {
		var missing []string
		for _, key := range []string{types.AWSAccessKey, types.AWSSecretKey} {
			if credential[key] == "" {
				missing = append(missing, key)
			}
		}
		if len(missing) > 0 {
			return fmt.Sprintf("could not backup to %s, missing %v in the secret", address.Scheme, missing)
		}
	}
	for _, host := range []string{address.Hostname(), hostOf(credential[types.AWSEndPoint])} {
		if strings.HasSuffix(host, unreachableDomain) {
			return fmt.Sprintf("lookup %s: no such host", host)
		}
	}
	return ""
}

func hostOf(endpoint string) string {
	address, err := url.Parse(endpoint)
	if err != nil {
		return ""
	}
	return address.Hostname()
}
