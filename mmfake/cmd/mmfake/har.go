package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// har is the command "mmfake har" with its two ways.
type har struct {
	Import harImport `cmd:"" help:"Make a fixture of a HAR file that a browser has saved."`
	Export harExport `cmd:"" help:"Write a fixture as a HAR file, which a browser's network tab opens."`
}

type harImport struct {
	In   string    `arg:"" placeholder:"IN.har" help:"HAR 1.2, as Chrome or Firefox saves it."`
	Out  string    `arg:"" placeholder:"OUT.json" help:"The fixture to write."`
	Site serverURL `placeholder:"URL" help:"The Mattermost server whose requests to take. Default: the only one in the file."`
	redaction
}

// Run writes the fixture and says what is not in it.
func (h *harImport) Run(stdout io.Writer) error {
	options := h.options()
	if h.Site != "" {
		options = append(options, recorder.Site(string(h.Site)))
	}
	fixture, leftOut, err := recorder.LoadHAR(h.In, options...)
	if err != nil {
		return plain(err)
	}
	if err := fixture.Save(h.Out); err != nil {
		return plain(err)
	}
	fmt.Fprintf(stdout, "%s has %s.\n", h.Out, exchanges(fixture.Len()))
	if len(leftOut) > 0 {
		fmt.Fprintf(stdout, "Left out:\n  %s\n", strings.Join(leftOut, "\n  "))
	}
	return nil
}

type harExport struct {
	In  string `arg:"" placeholder:"IN.json" help:"The fixture."`
	Out string `arg:"" placeholder:"OUT.har" help:"The HAR file to write."`
}

// Run writes the HAR file.
func (h *harExport) Run(stdout io.Writer) error {
	fixture, err := recorder.Load(h.In)
	if err != nil {
		return plain(err)
	}
	if err := fixture.SaveHAR(h.Out); err != nil {
		return plain(err)
	}
	_, err = fmt.Fprintf(stdout, "%s has %s.\n", h.Out, exchanges(fixture.Len()))
	return err
}
