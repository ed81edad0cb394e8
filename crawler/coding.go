package crawler

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// acceptEncoding names the codings that decode knows. Like browsers, Brotli and Zstandard are offered over https
// only: boxes on the way that look into plain http break what they do not know.
func acceptEncoding(u *url.URL) string {
	if u.Scheme == "https" {
		return "gzip, deflate, br, zstd"
	}
	return "gzip, deflate"
}

// maxUnpacking is how many bodies are unpacked at once. Brotli and Zstandard look back over a window that the peer
// chooses: 16 MiB and 8 MiB are common bounds, and both decoders take that memory as soon as a body is as long.
const maxUnpacking = 4

// decode undoes the content coding (RFC 9110, section 8.4) and reads at most so many decoded bytes into a body.
// It is done here and not by net/http or colly, because it is the decoded side that has to be bounded: 10 MB of
// gzip may hold 10 GB. A body that says gzip, deflate or zstd but is none is read as it is, as some servers label
// files by their name; so is one with a coding that nobody asked for, as browsers do: servers put "utf-8" and "none"
// there.
func (m *bodies) decode(into *body, wire io.Reader, coding string, most int64) error {
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "gzip", "x-gzip":
		return gunzip(into, bufio.NewReader(wire), most)
	case "deflate":
		return into.fill(inflate(bufio.NewReader(wire)), most)
	case "br":
		return m.unpack(into, wire, most, unbrotli)
	case "zstd":
		return m.unpack(into, wire, most, unzstd)
	}
	if strings.Contains(coding, ",") {
		return fmt.Errorf("content codings %q, one upon another, were not asked for", coding)
	}
	return into.fill(wire, most)
}

var gzipReaders = sync.Pool{New: func() any { return new(gzip.Reader) }}

func gunzip(into *body, wire *bufio.Reader, most int64) error {
	magic, err := wire.Peek(2)
	if len(magic) == 2 && (magic[0] != 0x1f || magic[1] != 0x8b) || len(magic) < 2 && err == io.EOF {
		return into.fill(wire, most)
	}
	z := gzipReaders.Get().(*gzip.Reader)
	defer gzipReaders.Put(z)
	if err := z.Reset(wire); err != nil {
		return err
	}
	return into.fill(z, most)
}

// inflate reads deflate, which is zlib by the standard and bare deflate by some servers.
func inflate(wire *bufio.Reader) io.Reader {
	head, _ := wire.Peek(2)
	if len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		if z, err := zlib.NewReader(wire); err == nil {
			return z
		}
	}
	return flate.NewReader(wire)
}

// errTooMuch says that a coded body is longer than what it holds may be.
var errTooMuch = errors.New("the coded body is too long")

// blockSlack is more than the largest block of Zstandard, 128 KiB, which decodes as a whole or not at all.
const blockSlack = 256 << 10

// unpack takes the coded body in before it begins to decode, so that nobody waits for a decoder while a peer takes its
// time. Coded, a body is hardly longer than decoded: what exceeds that is cut. Whoever has a decoder waits for nothing,
// so a body that may need a place gets one before.
func (m *bodies) unpack(into *body, wire io.Reader, most int64, decoder func(io.Reader) (io.Reader, func(), error)) error {
	bound := most + most/8 + blockSlack
	packed, wireErr := into.pack(wire, bound) // what came may be enough: the decoder tells
	defer m.keep(packed)
	if most > smallBody+1 {
		if err := into.place(); err != nil {
			return err
		}
	}
	m.unpacking <- struct{}{}
	defer func() { <-m.unpacking }()
	decoded, recycle, err := decoder(bytes.NewReader(packed))
	defer recycle()
	if err == nil {
		err = into.fill(decoded, most)
	}
	switch {
	case err == nil || int64(len(into.data)) >= most:
		return nil
	case int64(len(packed)) >= bound:
		return errTooMuch
	case wireErr != nil:
		return wireErr
	}
	return err
}

var brotliReaders = sync.Pool{New: func() any { return new(brotli.Reader) }}

func unbrotli(packed io.Reader) (io.Reader, func(), error) {
	b := brotliReaders.Get().(*brotli.Reader)
	recycle := func() {
		_ = b.Reset(nil) // lets go of the body; it cannot fail
		brotliReaders.Put(b)
	}
	return b, recycle, b.Reset(packed)
}

// maxWindow is the largest window that a Zstandard body may have on the web (RFC 9659).
const maxWindow = 8 << 20

var zstdReaders = sync.Pool{New: func() any {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecodeBuffersBelow(0))
	if err != nil {
		panic(err) // the options are constants: they are right or never
	}
	return z
}}

// unzstd reads Zstandard frames (RFC 8878), by their magic number.
func unzstd(packed io.Reader) (io.Reader, func(), error) {
	head := bufio.NewReader(packed)
	if magic, _ := head.Peek(4); !zstdMagic(magic) {
		return head, func() {}, nil
	}
	z := zstdReaders.Get().(*zstd.Decoder)
	recycle := func() {
		_ = z.Reset(nil) // lets go of the body; it cannot fail
		zstdReaders.Put(z)
	}
	return z, recycle, z.Reset(head)
}

// zstdMagic reports whether a body begins with a frame, or with one to be skipped.
func zstdMagic(head []byte) bool {
	if len(head) < 4 {
		return false
	}
	n := binary.LittleEndian.Uint32(head)
	return n == 0xfd2fb528 || n&^0xf == 0x184d2a50
}
