package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"time"
)

// What this service and Mattermost say to each other. The names are Mattermost's.

type alert struct {
	What string `json:"what"`
	By   string `json:"by"`
}

type message struct {
	Text         string       `json:"text"`
	ResponseType string       `json:"response_type,omitempty"`
	Username     string       `json:"username,omitempty"`
	Attachments  []attachment `json:"attachments,omitempty"`
}

type attachment struct {
	Fallback string   `json:"fallback"`
	Color    string   `json:"color"`
	Title    string   `json:"title"`
	Text     string   `json:"text"`
	Actions  []action `json:"actions,omitempty"`
}

type action struct {
	ID          string      `json:"id"` // letters and digits only: others cannot be clicked
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Style       string      `json:"style,omitempty"`
	DataSource  string      `json:"data_source,omitempty"`
	Options     []option    `json:"options,omitempty"`
	Integration integration `json:"integration"`
}

type option struct {
	Text  string `json:"text"`
	Value string `json:"value"`
}

type integration struct {
	URL     string         `json:"url"`
	Context map[string]any `json:"context"`
}

// A click is what Mattermost sends when somebody uses a button or menu.
type click struct {
	UserName string `json:"user_name"`
	Context  struct {
		Alert     alert  `json:"alert"`
		Signature string `json:"signature"`
		Option    string `json:"selected_option"`
	} `json:"context"`
}

// An answer is what Mattermost is to do after a click.
type answer struct {
	Update        *update `json:"update,omitempty"`
	EphemeralText string  `json:"ephemeral_text,omitempty"`
}

type update struct {
	Message string `json:"message"`
	Props   props  `json:"props"`
}

type props struct {
	Attachments []attachment `json:"attachments"`
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		log.Println("answering:", err)
	}
}

// A directory looks users up in Mattermost.
type directory struct {
	url, token string
}

var client = &http.Client{Timeout: 10 * time.Second}

// name is the name of the user with an id.
func (d directory) name(id string) (string, error) {
	request, err := http.NewRequest(http.MethodGet, d.url+"/api/v4/users/"+url.PathEscape(id), nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("Authorization", "Bearer "+d.token)
	response, err := client.Do(request)
	if err != nil {
		return "", fmt.Errorf("asking Mattermost for the user: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the server answered %s when asked for the user", response.Status)
	}
	var user struct {
		Username string `json:"username"`
	}
	if err := json.NewDecoder(response.Body).Decode(&user); err != nil {
		return "", fmt.Errorf("reading the user: %w", err)
	}
	return user.Username, nil
}
