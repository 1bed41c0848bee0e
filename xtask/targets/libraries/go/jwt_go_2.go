package main

import jwt "github.com/dgrijalva/jwt-go"

// As the README of 2.3.0: the key function returns the key, whatever `alg` says.
func verify(token string) error {
	_, err := jwt.Parse(token, func(t *jwt.Token) (interface{}, error) {
		found, err := named(t.Header, t.Claims)
		return []byte(found.key), err
	})
	return err
}
