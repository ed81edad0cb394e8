package fakeweb

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"

	"golang.org/x/net/dns/dnsmessage"
)

const (
	maxUDP     = 1232 // what resolvers offer by EDNS(0) today; more goes over TCP
	recordTTL  = 1    // seconds: a test may change its mind
	bindTrials = 20
)

// nameServer answers for the hosts of a web and denies all other names.
type nameServer struct {
	web  *Web
	addr string
	cut  atomic.Pointer[Answer]
}

func (w *Web) startNameServer() (*nameServer, error) {
	udp, tcp, err := bindBoth()
	if err != nil {
		return nil, err
	}
	s := &nameServer{web: w, addr: tcp.Addr().String()}
	w.run(udp, func() { s.serveUDP(udp) })
	w.run(tcp, func() { s.serveTCP(&listener{tcp, w}) })
	return s, nil
}

// bindBoth finds a port that is free for UDP and TCP alike.
func bindBoth() (net.PacketConn, net.Listener, error) {
	var last error
	for range bindTrials {
		tcp, err := net.Listen("tcp", hostPort(loopback, 0))
		if err != nil {
			return nil, nil, err
		}
		udp, err := net.ListenPacket("udp", tcp.Addr().String())
		if err == nil {
			return udp, tcp, nil
		}
		tcp.Close()
		last = err
	}
	return nil, nil, fmt.Errorf("no port free for UDP and TCP: %w", last)
}

func (s *nameServer) serveUDP(pc net.PacketConn) {
	buf := make([]byte, 4096)
	for {
		n, from, err := pc.ReadFrom(buf)
		if err != nil {
			if s.web.ctx.Err() != nil {
				return
			}
			continue // an ICMP error of an earlier reply
		}
		if reply := s.reply(buf[:n], maxUDP); reply != nil {
			pc.WriteTo(reply, from)
		}
	}
}

func (s *nameServer) serveTCP(ln net.Listener) {
	for {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		s.web.wg.Go(func() {
			defer c.Close()
			s.converse(c)
		})
	}
}

// converse answers length-prefixed questions (RFC 1035, 4.2.2) until the
// other side ends.
func (s *nameServer) converse(c net.Conn) {
	for {
		var size uint16
		if err := binary.Read(c, binary.BigEndian, &size); err != nil {
			return
		}
		query := make([]byte, size)
		if _, err := io.ReadFull(c, query); err != nil {
			return
		}
		reply := s.reply(query, 1<<16-1)
		if reply == nil {
			continue
		}
		c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(reply))), reply...))
	}
}

// reply gives the message to send back, nil for none. One that would pass
// the limit is sent empty and marked as truncated.
func (s *nameServer) reply(query []byte, limit int) []byte {
	var p dnsmessage.Parser
	head, err := p.Start(query)
	if err != nil || head.Response {
		return nil
	}
	q, err := p.Question()
	if err != nil {
		return nil
	}
	a := s.answer(q)
	if a.silent {
		return nil
	}
	msg := a.message(head.ID, q)
	packed, err := msg.Pack()
	if err == nil && len(packed) > limit {
		msg.Truncated, msg.Answers = true, nil
		packed, err = msg.Pack()
	}
	if err != nil {
		return nil
	}
	return packed
}

func (s *nameServer) answer(q dnsmessage.Question) Answer {
	if cut := s.cut.Load(); cut != nil {
		return *cut
	}
	h := s.web.lookup(strings.TrimSuffix(q.Name.String(), "."))
	if h == nil {
		return NXDomain()
	}
	return h.names.next(q.Type, s.web.plain.Addr())
}

func (a Answer) message(id uint16, q dnsmessage.Question) dnsmessage.Message {
	msg := dnsmessage.Message{
		Header: dnsmessage.Header{
			ID: id, Response: true, Authoritative: true,
			RecursionDesired: true, RecursionAvailable: true, RCode: a.code,
		},
		Questions: []dnsmessage.Question{q},
	}
	add := func(body dnsmessage.ResourceBody) {
		head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: dnsmessage.ClassINET, TTL: recordTTL}
		msg.Answers = append(msg.Answers, dnsmessage.Resource{Header: head, Body: body})
	}
	for _, server := range a.servers {
		if name, err := dnsmessage.NewName(server + "."); err == nil {
			add(&dnsmessage.NSResource{NS: name})
		}
	}
	for _, ip := range a.addrs {
		switch {
		case ip.Is4() && q.Type == dnsmessage.TypeA:
			add(&dnsmessage.AResource{A: ip.As4()})
		case ip.Is6() && q.Type == dnsmessage.TypeAAAA:
			add(&dnsmessage.AAAAResource{AAAA: ip.As16()})
		}
	}
	return msg
}
