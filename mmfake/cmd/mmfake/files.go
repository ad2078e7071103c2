package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// clearReadyFile removes what an earlier run left, so that nobody takes it for
// this run's. It refuses what is no file: a directory or a device.
func clearReadyFile(path string) error {
	if path == "" {
		return nil
	}
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return cannotWrite(path, err)
	case !info.Mode().IsRegular():
		return cannotWrite(path, errors.New("it is there already and is not a file"))
	}
	if err := os.Remove(path); err != nil {
		return cannotWrite(path, err)
	}
	return nil
}

// writeReadyFile writes the file at once: who sees it sees all of it. Others may
// read it, so that a script in another container can.
func writeReadyFile(path string, about any) error {
	if path == "" {
		return nil
	}
	body, err := json.MarshalIndent(about, "", "  ")
	if err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return cannotWrite(path, err)
	}
	_, err = temporary.Write(append(body, '\n'))
	err = errors.Join(err, temporary.Chmod(0o644), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		os.Remove(temporary.Name())
		return cannotWrite(path, err)
	}
	return nil
}

func cannotWrite(path string, err error) error {
	return fmt.Errorf("cannot write the ready file %s: %w", path, cause(err))
}

// writable says why a file cannot be written that is written in the end: before a session
// is lost by it. The directories that are missing are made then.
func writable(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("cannot write %s: it is there already and is not a file", path)
	}
	if to, err := filepath.EvalSymlinks(path); err == nil {
		path = to // which is written
	}
	dir := filepath.Dir(path)
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(dir); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	probe, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, cause(err))
	}
	probe.Close()
	return os.Remove(probe.Name())
}
