package main

import "github.com/golang-jwt/jwt/v5"

func verify(token string) error {
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"HS256", "RS256"}), jwt.WithJSONNumber(), jwt.WithStrictDecoding())
	_, err := parser.Parse(token, func(t *jwt.Token) (interface{}, error) {
		claims, _ := t.Claims.(jwt.MapClaims)
		found, err := named(t.Header, claims)
		if err != nil || found.method == "hmac" {
			return []byte(found.key), err
		}
		return jwt.ParseRSAPublicKeyFromPEM([]byte(found.key))
	})
	return err
}
