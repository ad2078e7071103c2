package mmfake_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// recordPing records a session with a server in which somebody asks whether it is there.
func recordPing(end func(*mmfake.Proxy)) {
	server, err := mmfake.Start() // or any other server
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()
	proxy, err := mmfake.StartProxy(mmfake.ProxyConfig{Upstream: server.URL})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer proxy.Close()
	resp, err := http.Get(proxy.URL + "/api/v4/system/ping") // the client knows the proxy only
	if err != nil {
		fmt.Println(err)
		return
	}
	resp.Body.Close()
	end(proxy)
}

func ExampleStartProxy() {
	recordPing(func(proxy *mmfake.Proxy) { fmt.Println(proxy.Journal.All()[0]) })
	// Output: #1 api in GET /api/v4/system/ping: 200
}

func ExampleProxy_Save() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	recordPing(func(proxy *mmfake.Proxy) {
		path := filepath.Join(dir, "session.json")
		if err := proxy.Save(path); err != nil {
			fmt.Println(err)
			return
		}
		f, err := recorder.Load(path)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(f.Len(), "exchange with Mattermost", f.Server())
	})
	// Output: 1 exchange with Mattermost 11.6.0
}

func ExampleProxy_Shutdown() {
	recordPing(func(proxy *mmfake.Proxy) {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		fmt.Println(proxy.Shutdown(ctx)) // lets answers end
	})
	// Output: <nil>
}

func ExampleProxy_Close() {
	recordPing(func(proxy *mmfake.Proxy) {
		proxy.Close()
		_, err := http.Get(proxy.URL)
		fmt.Println(err != nil)
	})
	// Output: true
}
