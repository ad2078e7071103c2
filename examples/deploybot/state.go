package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
)

// A dialog's state passes through the user's client, who could change it: it is
// signed.

func seal(wish request, secret string) string {
	plain, err := json.Marshal(wish)
	if err != nil {
		panic(err) // it consists of texts
	}
	return base64.RawURLEncoding.EncodeToString(plain) + "." + base64.RawURLEncoding.EncodeToString(sign(plain, secret))
}

var errState = errors.New("not a dialog of mine")

func unseal(state, secret string) (wish request, err error) {
	left, right, _ := strings.Cut(state, ".")
	plain, err := base64.RawURLEncoding.DecodeString(left)
	if err != nil {
		return wish, errState
	}
	signature, err := base64.RawURLEncoding.DecodeString(right)
	if err != nil || !hmac.Equal(signature, sign(plain, secret)) {
		return wish, errState
	}
	return wish, json.Unmarshal(plain, &wish)
}

func sign(text []byte, secret string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(text)
	return mac.Sum(nil)
}
