package server

import (
	"github.com/versity/versitygw/auth"

	"longhorn-s3/sandbox/gateway/internal/firstuser"
)

// onlyUser is versitygw's service for a single account, except that it answers S3's InvalidAccessKeyId about all others.
type onlyUser struct {
	auth.IAMService
	account auth.Account
}

func newOnlyUser(keys firstuser.Keys) auth.IAMService {
	account := auth.Account{Access: keys.AccessKey, Secret: keys.SecretKey, Role: auth.RoleAdmin}
	return onlyUser{auth.NewIAMServiceSingle(account), account}
}

// GetUserAccount is what every signature is checked against.
func (u onlyUser) GetUserAccount(access string) (auth.Account, error) {
	if access != u.account.Access {
		return auth.Account{}, auth.ErrNoSuchUser
	}
	return u.account, nil
}
