package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// configNames are looked for in the working directory when no file is named.
var configNames = []string{"waymark.yaml", "waymark.yml"}

// loadConfig reads the configuration: the defaults, then the file, then the environment. An empty path stands for
// waymark.yaml in the folder, if there is one. It returns the folder that the sources' paths start from.
func loadConfig(path, folder string, environ []string) (config Config, base string, err error) {
	config, base = defaultConfig(), folder
	if path == "" {
		path = existingConfig(folder)
	}
	if path != "" {
		if !filepath.IsAbs(path) {
			path = filepath.Join(folder, path)
		}
		base = filepath.Dir(path)
		if err := readConfig(path, &config); err != nil {
			return Config{}, "", err
		}
	}
	if err := applyEnvironment(&config, environ); err != nil {
		return Config{}, "", err
	}
	return config, base, checkConfig(config, "the environment", nil)
}

func existingConfig(folder string) string {
	for _, name := range configNames {
		if _, err := os.Stat(filepath.Join(folder, name)); err == nil {
			return name
		}
	}
	return ""
}

func readConfig(path string, config *Config) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("configuration %s: %w", path, withoutPath(err))
	}
	file, err := parser.ParseBytes(content, 0)
	if err != nil {
		return describe(path, nil, err)
	}
	empty, err := emptyDocument(path, file)
	if err != nil || empty {
		return err
	}
	if err := yaml.UnmarshalWithOptions(content, config, yaml.Strict()); err != nil {
		return describe(path, file, err)
	}
	defaults := defaultConfig().Stale
	config.Stale.After = withDefaults(config.Stale.After, defaults.After)
	config.Stale.Topics = withDefaults(config.Stale.Topics, defaults.Topics)
	return checkConfig(*config, path, file)
}

// withDefaults adds to ages those of the defaults that the file leaves out; names are compared in any case of letters.
func withDefaults(ages, defaults map[string]Age) map[string]Age {
	all := maps.Clone(defaults)
	for name, after := range ages {
		maps.DeleteFunc(all, func(known string, _ Age) bool { return strings.EqualFold(known, name) })
		all[name] = after
	}
	return all
}

// emptyDocument reports whether a file holds no key at all, so that the defaults hold. More than one document, or
// something else than keys, is refused.
func emptyDocument(path string, file *ast.File) (bool, error) {
	var bodies []ast.Node
	for _, doc := range file.Docs {
		if doc.Body != nil && doc.Body.Type() != ast.CommentType && doc.Body.Type() != ast.NullType {
			bodies = append(bodies, doc.Body)
		}
	}
	switch {
	case len(bodies) == 0:
		return true, nil
	case len(bodies) > 1:
		return false, fmt.Errorf("%s:%d: a second document; the configuration is one", path, bodies[1].GetToken().Position.Line)
	case bodies[0].Type() != ast.MappingType && bodies[0].Type() != ast.MappingValueType:
		return false, fmt.Errorf("%s:%d: not a mapping of keys to values, such as listen: 127.0.0.1:8080", path, bodies[0].GetToken().Position.Line)
	}
	return false, nil
}

// describe says where in the file the error is, and for an unknown key which known one is nearest.
func describe(path string, file *ast.File, err error) error {
	var positioned yaml.Error
	if !errors.As(err, &positioned) || positioned.GetToken() == nil {
		return fmt.Errorf("%s: %s", path, firstLine(err.Error()))
	}
	return fmt.Errorf("%s:%d: %s", path, positioned.GetToken().Position.Line, messageOf(err, file))
}

// messageOf puts an error of the YAML library into the words of the configuration.
func messageOf(err error, file *ast.File) string {
	var unknown *yaml.UnknownFieldError
	var mistyped *yaml.TypeError
	var misplaced *yaml.UnexpectedNodeTypeError
	var positioned yaml.Error
	switch {
	case errors.As(err, &mistyped):
		return fmt.Sprintf("%q is not %s", mistyped.Token.Value, wanted(mistyped.DstType))
	case errors.As(err, &misplaced) && misplaced.Expected == ast.SequenceType:
		return fmt.Sprintf("%q is not a list", misplaced.Token.Value)
	case errors.As(err, &misplaced):
		return fmt.Sprintf("%q is not a mapping of keys to values", misplaced.Token.Value)
	case errors.As(err, &unknown):
		key := unknown.Token
		message := fmt.Sprintf("unknown key %q", key.Value)
		if near := nearest(key.Value, siblings(file, key.Position.Line, key.Value)); near != "" {
			message += fmt.Sprintf("; did you mean %q?", near)
		}
		return message
	case errors.As(err, &positioned):
		return firstLine(positioned.GetMessage())
	}
	return firstLine(err.Error())
}

// wanted names a type for people.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Bool:
		return "true or false"
	default:
		return "a text"
	}
}

// siblings returns the keys that are known where the unknown one stands.
func siblings(file *ast.File, line int, key string) []string {
	var finder keyFinder
	finder.line, finder.key = line, key
	if file != nil {
		for _, doc := range file.Docs {
			if doc.Body != nil {
				ast.Walk(&finder, doc.Body)
			}
		}
	}
	return knownKeys(reflect.TypeFor[Config](), finder.path)
}

// keyFinder finds the path of a key by its place in the file.
type keyFinder struct {
	line int
	key  string
	path string
}

// Visit implements ast.Visitor.
func (f *keyFinder) Visit(node ast.Node) ast.Visitor {
	if pair, ok := node.(*ast.MappingValueNode); ok {
		token := pair.Key.GetToken()
		if token.Position.Line == f.line && token.Value == f.key {
			f.path = pair.GetPath()
		}
	}
	return f
}

// knownKeys returns the keys of the structure in which the path's last key stands.
func knownKeys(t reflect.Type, path string) []string {
	parts := strings.Split(strings.TrimPrefix(path, "$."), ".")
	for _, part := range parts[:len(parts)-1] {
		name, _, _ := strings.Cut(part, "[")
		for field := range fields(t) {
			if field.Tag.Get("yaml") == name {
				t = field.Type
				break
			}
		}
		for t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
			t = t.Elem()
		}
	}
	var keys []string
	for field := range fields(t) {
		keys = append(keys, field.Tag.Get("yaml"))
	}
	return keys
}

// fields yields the fields of a structure; none for another type.
func fields(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		if t.Kind() != reflect.Struct {
			return
		}
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

// applyEnvironment overrides single values by variables such as WAYMARK_CHECK_TIMEOUT.
func applyEnvironment(config *Config, environ []string) error {
	env := map[string]string{}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		env[name] = value
	}
	return overrideFields(reflect.ValueOf(config).Elem(), "WAYMARK", env)
}

func overrideFields(v reflect.Value, prefix string, env map[string]string) error {
	for i := range v.NumField() {
		name := prefix + "_" + strings.ToUpper(v.Type().Field(i).Tag.Get("yaml"))
		field := v.Field(i)
		var err error
		switch field.Kind() {
		case reflect.Struct:
			err = overrideFields(field, name, env)
		case reflect.Slice, reflect.Map:
		default:
			err = overrideField(field, name, env)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func overrideField(field reflect.Value, name string, env map[string]string) error {
	value, ok := env[name]
	if file, named := env[name+"_FILE"]; named && file != "" {
		content, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("%s_FILE: %w", name, err)
		}
		value, ok = strings.TrimSpace(string(content)), true
	}
	if !ok || value == "" {
		return nil
	}
	if field.Kind() == reflect.String {
		field.SetString(value)
		return nil
	}
	if err := yaml.Unmarshal([]byte(value), field.Addr().Interface()); err != nil {
		return fmt.Errorf("%s: %s", name, messageOf(err, nil))
	}
	return nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// withoutPath returns the cause of a file error; the caller names the file.
func withoutPath(err error) error {
	var pathErr *os.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}
