package main

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

func verify(token string) error {
	parsed, err := jwt.ParseSigned(token, []jose.SignatureAlgorithm{jose.HS256, jose.RS256})
	if err != nil {
		return err
	}
	claims := map[string]interface{}{}
	if err := parsed.UnsafeClaimsWithoutVerification(&claims); err != nil {
		return err
	}
	header := map[string]interface{}{"kid": parsed.Headers[0].KeyID}
	found, err := named(header, claims)
	if err != nil {
		return err
	}
	key, err := keyOf(found, parsed.Headers[0].Algorithm)
	if err != nil {
		return err
	}
	return parsed.Claims(key, &claims)
}

// keyOf is the key of the profile's own method; a token of the other method has none.
func keyOf(found profile, alg string) (interface{}, error) {
	if (found.method == "hmac") != (alg == "HS256") {
		return nil, fmt.Errorf("%s is not the method of this profile", alg)
	}
	if found.method == "hmac" {
		return []byte(found.key), nil
	}
	block, _ := pem.Decode([]byte(found.key))
	if block == nil {
		return nil, fmt.Errorf("no PEM")
	}
	switch block.Type {
	case "CERTIFICATE":
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		return certificate.PublicKey, nil
	case "RSA PUBLIC KEY":
		return x509.ParsePKCS1PublicKey(block.Bytes)
	}
	return x509.ParsePKIXPublicKey(block.Bytes)
}
