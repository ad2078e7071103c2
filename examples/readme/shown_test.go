package readme_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every function and method that others can call is shown in an example whose output
// is compared: one of its own name, or one that shows what belongs together. The same
// goes for everything in assertions, and for what a test begins with, by their names.
func TestEverythingThatCanBeCalledIsShownInAnExample(t *testing.T) {
	own := map[string]bool{"mmfake.New": true, "mmfake.InMemory": true, "mmfake.Server.Fail": true, "mmfake.Server.Mount": true}
	for _, name := range []string{"mmfake", "recorder", "assertions"} {
		p, shown := documented(t, filepath.Join(root, name))
		check := func(called string, examples []*doc.Example) {
			called = name + "." + called
			needsOwn := own[called] || name == "assertions"
			short := called[strings.LastIndex(called, ".")+1:]
			assert.True(t, compared(examples) || !needsOwn && shown[short], "%s has no example with an output", called)
		}
		for _, f := range p.Funcs {
			check(f.Name, f.Examples)
		}
		for _, typ := range p.Types {
			if name == "assertions" {
				check(typ.Name, typ.Examples)
			}
			for _, f := range typ.Funcs {
				check(f.Name, f.Examples)
			}
			for _, m := range typ.Methods {
				if m.Name != "String" && m.Name != "Error" && m.Name != "ServeHTTP" { // which fmt and net/http call
					check(typ.Name+"."+m.Name, m.Examples)
				}
			}
		}
		for _, list := range p.Consts { // whose examples go/doc gives to nobody
			for _, constant := range list.Names {
				assert.True(t, shown["Example"+constant] || name != "assertions", "%s has no example with an output", constant)
			}
		}
	}
}

// documented reads the documentation of a package, and what its examples call.
func documented(t *testing.T, folder string) (p *doc.Package, shown map[string]bool) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	require.NoError(t, err)
	fset := token.NewFileSet()
	var files, tests []*ast.File
	for _, name := range names {
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		require.NoError(t, err)
		files = append(files, file)
		if strings.HasSuffix(name, "_test.go") {
			tests = append(tests, file)
		}
	}
	p, err = doc.NewFromFiles(fset, files, folder)
	require.NoError(t, err)
	shown = map[string]bool{}
	for _, example := range doc.Examples(tests...) {
		if !compared([]*doc.Example{example}) {
			continue
		}
		shown["Example"+example.Name] = true
		ast.Inspect(example.Code, func(n ast.Node) bool {
			if selector, ok := n.(*ast.SelectorExpr); ok {
				shown[selector.Sel.Name] = true
			}
			return true
		})
	}
	return p, shown
}

// compared says whether one of the examples is run.
func compared(examples []*doc.Example) bool {
	for _, example := range examples {
		if example.Output != "" || example.EmptyOutput {
			return true
		}
	}
	return false
}
