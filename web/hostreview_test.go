package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestAHostThatDiedIsDecidedOnAtOnce(t *testing.T) {
	d := serveDied(t, today, nil)
	if n := d.open(t, "/flagged", 200).Find(".flags.host .decide").Length(); n != 0 {
		t.Error("whoever looks may decide")
	}
	ada := d.signedIn(t, "Ada")
	group := d.openAs(t, ada, "/flagged").Find(".flags.host > .decide")
	if got := text(group.Find("button")); got != "Confirm all 3 Set all 3 aside" {
		t.Errorf("the group offers %q", got)
	}
	action, version := group.Find("form").AttrOr("action", ""), group.Find("[name=version]").AttrOr("value", "")
	form := "decision=aside&for=30&back=/flagged&version=" + version
	if w := d.sendAs(ada, action, form); w.Code != 422 || !strings.Contains(w.Body.String(), `id="reason-gone.example"`) {
		t.Errorf("without a reason: %d", w.Code)
	}
	w := d.sendAs(ada, action, form+"&reason=moving")
	if w.Code != 303 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	ben := d.signedIn(t, "Ben")
	late := d.refusedAs(t, ben, action, url.Values{"decision": {"kept"}, "back": {"/flagged"}, "version": {version}}, 409)
	if got := text(late.Find(".banner[role=alert]")); !strings.Contains(got, "somebody else decided on it") || late.Find(".tabs").Length() != 1 {
		t.Errorf("who decides on the same at once is told %q", got)
	}
	cookie, _, _ := strings.Cut(w.Header().Get("Set-Cookie"), ";")
	after := d.openAs(t, ada+"; "+cookie, "/flagged")
	if got := text(after.Find(".banner.done")); got != "Set aside “3 findings of gone.example” until 2026-04-13. Undo" {
		t.Errorf("the banner says %q", got)
	}
	if n := after.Find(".flag").Length(); n != 0 {
		t.Errorf("%d findings are still open", n)
	}
	if got := text(d.openAs(t, ada, "/flagged?review=aside").Find(".decision").First()); !strings.HasPrefix(got, "Set aside by Ada just now , with others of its host, until") {
		t.Errorf("one of them says %q", got)
	}
	history := d.openAs(t, ada, "/flagged/decided").Find(".decisions li")
	if got := text(history); history.Length() != 1 || !strings.Contains(got, "gone.example , 3 findings at once Set aside by Ada") {
		t.Errorf("the history says %q", got)
	}
	undo := history.Find("form")
	if w := d.sendAs(ada, undo.AttrOr("action", ""), "together="+undo.Find("[name=together]").AttrOr("value", "")); w.Code != 303 {
		t.Fatalf("undo: %d", w.Code)
	}
	if n := d.open(t, "/flagged", 200).Find(".flags.host .flag").Length(); n != 3 {
		t.Errorf("%d findings are open again, want 3", n)
	}
	if w := d.sendAs(ada, action, "decision=kept&version=made-up"); w.Code != 409 {
		t.Errorf("on another group than was seen: %d, want 409", w.Code)
	}
}

func TestProgramsDecideOnAHostAtOnce(t *testing.T) {
	d := serveDied(t, today, nil)
	token := d.token(t)
	const path = "/api/v1/hosts/gone.example/review"
	var group struct {
		Host, Version string
		Findings      int
	}
	if err := json.Unmarshal(d.ask(http.MethodGet, path, "", "").Body.Bytes(), &group); err != nil || group.Findings != 3 || group.Host != "gone.example" {
		t.Fatalf("%+v, %v", group, err)
	}
	if w := d.ask(http.MethodGet, "/api/v1/hosts/well.example/review", "", ""); w.Code != 404 {
		t.Errorf("a host that lives: %d", w.Code)
	}
	body := fmt.Sprintf(`{"version": %q, "decision": "kept", "by": "robot"}`, group.Version)
	if w := d.ask(http.MethodPost, path, "", body); w.Code != 401 {
		t.Errorf("without the token: %d", w.Code)
	}
	var made struct{ ID, Findings int }
	if w := d.ask(http.MethodPost, path, token, body); w.Code != 200 || json.Unmarshal(w.Body.Bytes(), &made) != nil || made.Findings != 3 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if w := d.ask(http.MethodPost, path, token, body); w.Code != 409 {
		t.Errorf("twice: %d", w.Code)
	}
	undo := fmt.Sprintf("/api/v1/reviews/%d?by=robot&together=true", made.ID)
	if w := d.ask(http.MethodDelete, undo, token, ""); w.Code != 204 {
		t.Errorf("undo: %d %s", w.Code, w.Body)
	}
	if n := d.open(t, "/flagged", 200).Find(".flags.host .flag").Length(); n != 3 {
		t.Errorf("%d findings are open again, want 3", n)
	}
}
