// Package fakeweb is a scripted web on loopback: hosts that answer, redirect,
// stall, flap, lie and ban, with their own name server and their own
// certificate authority. Tests, benchmarks and the demo visit it as they
// would visit the real one, and then ask it what it saw.
//
//	web, err := fakeweb.Start(fakeweb.Options{})
//	defer web.Close()
//	web.Handle("docs.example.test", "/", fakeweb.Page{Title: "Docs"})
//	web.Handle("docs.example.test", "/old", fakeweb.Redirect(301, "/new"))
//	web.Handle("docs.example.test", "/busy", fakeweb.Sequence(fakeweb.Status(503), fakeweb.Page{Title: "Busy"}))
//	web.Resolve("lost.example.test", fakeweb.ServFail())
//	web.URL("docs.example.test", "/old") // http://docs.example.test:41237/old
//
// A client needs three things to live in this web: the name server
// ([Web.Resolver]), the authority ([Web.CA]) and leave to connect to
// 127.0.0.0/8. [Web.Client] is a plain client that has them all.
//
// A [Behaviour] is an http.Handler, so anything of net/http may be one. The
// behaviours of this package are small values that wrap each other:
//
//	fakeweb.Delay(2*time.Second, fakeweb.Header(fakeweb.Status(429), "Retry-After", "60"))
//
// What holds for a whole host is a [Guard]: see [Web.Guard]. What the server
// saw (arrival times, concurrency, connections, bytes) is in [Web.Requests]
// and [Web.Stats].
package fakeweb
