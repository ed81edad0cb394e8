package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFiguresStandBetweenTheirMarks(t *testing.T) {
	file := filepath.Join(t.TempDir(), "accuracy.md")
	const text = "# A\n<!-- figures: written by make accuracy -->\nold\n<!-- end -->\nB\n<!-- outside: written by make outside -->\n<!-- end -->\nC\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := ofFigures.write(file, "1\n"); err != nil {
			t.Fatal(err)
		}
		if err := ofOutside.write(file, "2\n"); err != nil {
			t.Fatal(err)
		}
	}
	const want = "# A\n<!-- figures: written by make accuracy -->\n```\n1\n```\n<!-- end -->\nB\n<!-- outside: written by make outside -->\n```\n2\n```\n<!-- end -->\nC\n"
	if got, _ := os.ReadFile(file); string(got) != want {
		t.Errorf("got\n%s", got)
	}
	if err := place("elsewhere").write(file, ""); err == nil {
		t.Error("figures were written to a file without their marks")
	}
}
