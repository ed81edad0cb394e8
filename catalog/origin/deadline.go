package origin

import (
	"context"
	"net"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/go-git/go-git/v5/plumbing/transport"
	"golang.org/x/net/proxy"
)

// untilScheme is that of an address which stands for no proxy but for a time: at it, connections end.
const untilScheme = "waymark-until"

// registerUntil makes the scheme known. It is done once, as the table of x/net/proxy has no lock.
var registerUntil = sync.OnceFunc(func() {
	proxy.RegisterDialerType(untilScheme, func(u *url.URL, _ proxy.Dialer) (proxy.Dialer, error) {
		at, err := strconv.ParseInt(u.Host, 10, 64)
		return until{time.UnixMilli(at)}, err
	})
})

// untilDone lets connections over SSH end when the time of a context does. The SSH transport of go-git takes no
// context: a server that stays silent would hold a sync up for ever. The dialer for a proxy is the only place where
// it lets others have a say in its connections.
func untilDone(ctx context.Context) transport.ProxyOptions {
	at, ok := ctx.Deadline()
	if !ok {
		return transport.ProxyOptions{}
	}
	registerUntil()
	// The context ends first, as a rule: then nobody has to make sense of an error of the connection.
	return transport.ProxyOptions{URL: untilScheme + "://" + strconv.FormatInt(at.UnixMilli()+2, 10)}
}

// until dials as usual; what it connects ends at a time.
type until struct{ at time.Time }

// Dial implements proxy.Dialer.
func (u until) Dial(network, address string) (net.Conn, error) {
	return u.DialContext(context.Background(), network, address)
}

// DialContext implements proxy.ContextDialer. It goes by a proxy if the environment says so, as without it.
func (u until) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithDeadline(ctx, u.at)
	defer cancel()
	conn, err := proxy.Dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(u.at); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}
