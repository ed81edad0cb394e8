package web

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"iter"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"waymark/catalog"
)

const (
	exportStep = 500              // resources that have a time together
	exportTime = 30 * time.Second // for the reader to take them
)

// Exporter reads all that a query selects.
type Exporter interface {
	EachResource(ctx context.Context, q catalog.Query) iter.Seq2[catalog.Row, error]
}

// exporter writes resources to a file as they are read.
type exporter interface {
	begin() error
	row(catalog.Row) error
	end() error
}

// exportCSV sends every resource that the filters choose, as a table.
func (s *site) exportCSV(w http.ResponseWriter, r *http.Request) error {
	return s.export(w, r, "text/csv; charset=utf-8", "waymark-resources.csv", func(out io.Writer) exporter {
		return &csvExport{csv.NewWriter(out)}
	})
}

// exportJSON sends every resource that the filters choose, as the API writes them.
func (s *site) exportJSON(w http.ResponseWriter, r *http.Request) error {
	return s.export(w, r, "application/json; charset=utf-8", "waymark-resources.json", func(out io.Writer) exporter {
		return &jsonExport{out: out}
	})
}

// export sends the resources as they are read, so that it needs no more memory for a million than for a thousand. An
// error in the middle breaks the connection off: a part must not be taken for the whole.
func (s *site) export(w http.ResponseWriter, r *http.Request, media, name string, open func(io.Writer) exporter) error {
	q, err := s.exportQuery(r)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "private, no-store")
	out := bufio.NewWriterSize(w, 32<<10)
	if err := s.exportRows(w, r, q, open(out), out); err != nil {
		s.Logger.WarnContext(r.Context(), "export broken off", "request_id", requestID(r), "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// exportQuery reads the filters. A form sends its empty fields too.
func (s *site) exportQuery(r *http.Request) (catalog.Query, error) {
	values := r.URL.Query()
	if err := refuseUnknown(values); err != nil {
		return catalog.Query{}, err
	}
	q, err := parseQuery(values)
	if err != nil {
		return q, err
	}
	q.Cursor = ""
	_, err = s.sourceNames(r, q.Source)
	return q, err
}

func (s *site) exportRows(w http.ResponseWriter, r *http.Request, q catalog.Query, to exporter, out *bufio.Writer) error {
	if err := to.begin(); err != nil {
		return err
	}
	written := 0
	for row, err := range s.Exporter.EachResource(r.Context(), q) {
		if err != nil {
			return err
		}
		if written%exportStep == 0 {
			// The server's own limit is for pages; a million rows take longer. Without a connection there is none to set.
			_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(exportTime))
		}
		if err := to.row(row); err != nil {
			return err
		}
		written++
	}
	if err := to.end(); err != nil {
		return err
	}
	return out.Flush()
}

// csvExport writes a table (RFC 4180).
type csvExport struct{ out *csv.Writer }

func (e *csvExport) begin() error {
	return e.out.Write([]string{"url", "title", "state", "reason", "message", "since", "status", "findings", "kind", "placements", "page_from", "visited", "next_visit"})
}

func (e *csvExport) row(r catalog.Row) error {
	address := r.URL
	if r.Source != "" {
		address = r.Source + ": " + r.URL
	}
	cells := []string{address, r.Title, string(r.Verdict.State), string(r.Verdict.Reason), r.Verdict.Message, stampCell(r.Verdict.Since), number0(r.Status),
		strings.Join(words(r.Open), " "), string(r.Kind), strconv.Itoa(r.Count), dateCell(r.Modified.At), stampCell(r.Checked), stampCell(r.Due)}
	for i, c := range cells {
		cells[i] = cell(c)
	}
	return e.out.Write(cells)
}

func (e *csvExport) end() error {
	e.out.Flush()
	return e.out.Error()
}

// cell makes a text harmless to programs that open tables: what begins like a formula is marked as text by an
// apostrophe (OWASP, CSV Injection), and control characters are left out.
func cell(text string) string {
	text = harmless(text)
	if strings.ContainsAny(firstRune(text), "=+-@\t\n＝＋－＠") {
		return "'" + text
	}
	return text
}

func firstRune(text string) string {
	_, size := utf8.DecodeRuneInString(text)
	return text[:size]
}

func stampCell(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func dateCell(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// number0 writes a number, and nothing for 0.
func number0(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// jsonExport writes one document, {"resources": [...]}, with one resource a line.
type jsonExport struct {
	out  io.Writer
	some bool
}

func (e *jsonExport) begin() error {
	_, err := io.WriteString(e.out, `{"resources": [`)
	return err
}

func (e *jsonExport) row(r catalog.Row) error {
	b, err := json.Marshal(rowView(r))
	if err != nil {
		return err
	}
	comma := "\n"
	if e.some {
		comma = ",\n"
	}
	e.some = true
	_, err = e.out.Write(append([]byte(comma), catalog.PrintableJSON(b)...))
	return err
}

func (e *jsonExport) end() error {
	_, err := io.WriteString(e.out, "\n]}\n")
	return err
}
