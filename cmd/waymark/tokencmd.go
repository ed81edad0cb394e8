package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"waymark/catalog/sqlite"
)

type tokenCommand struct {
	configFlag
}

// Run makes another write token and prints it. The one before is worth nothing from then on, and who was signed in must
// sign in again.
func (c tokenCommand) Run(ctx context.Context, sys system) (err error) {
	config, folder, err := c.load(sys)
	if err != nil {
		return err
	}
	// What goes wrong is returned; the output is the token alone.
	store, err := sqlite.Open(ctx, resolve(folder, config.Database), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	token, err := store.RenewToken(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(sys.stdout, token)
	return err
}
