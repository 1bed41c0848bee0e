// Package gateway is an API platform gateway around one library: the access profile is the one `kid` names, else the
// two Workato-named claims, else `sub`; the library is called as its README says.
package main

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"strings"
)

type profile struct{ method, key string }

// profiles are the access profiles by API key, from a file of three columns.
var profiles = map[string]profile{}

func readProfiles(path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		columns := strings.Split(line, "\t")
		key, err := base64.StdEncoding.DecodeString(columns[2])
		if err != nil {
			panic(err)
		}
		profiles[columns[0]] = profile{columns[1], string(key)}
	}
}

// named is the profile of the first place that holds a name.
func named(header, claims map[string]interface{}) (profile, error) {
	for _, place := range []interface{}{
		claims["https://www.workato.com/sub"], claims["workato_sub"], header["kid"], claims["sub"],
	} {
		if place == nil || place == "" {
			continue
		}
		name, _ := place.(string)
		if found, ok := profiles[name]; ok {
			return found, nil
		}
		break
	}
	return profile{}, fmt.Errorf("no such access profile")
}

func main() {
	readProfiles(os.Args[2])
	handler := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("content-type", "application/json")
		scheme, token, _ := strings.Cut(r.Header.Get("authorization"), " ")
		token = strings.TrimLeft(token, " ")
		err := fmt.Errorf("no bearer token")
		if strings.EqualFold(scheme, "bearer") {
			err = tooLong(token)
			if err != nil {
				w.WriteHeader(400)
				fmt.Fprintf(w, `{"error":"%s"}`, err)
				return
			}
			err = verify(token)
		}
		if err != nil {
			w.WriteHeader(403)
			fmt.Fprint(w, `{"error":"Access denied"}`)
			return
		}
		fmt.Fprint(w, "{}")
	}
	panic(http.ListenAndServe("127.0.0.1:"+os.Args[1], http.HandlerFunc(handler)))
}

func tooLong(token string) error {
	parts := strings.Split(token, ".")
	if len(parts) > 1 && len(parts[1]) > 4096 {
		return fmt.Errorf("JWT payload size exceeded (%d, max 4096)", len(parts[1]))
	}
	return nil
}
