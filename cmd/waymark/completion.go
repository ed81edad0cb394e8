package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Run prints a script that completes commands and flags, such as for
// source <(waymark completion bash).
func (c completionCommand) Run(sys system, model *kong.Application) error {
	var words []completion
	collect(model.Node, "", &words)
	switch c.Shell {
	case "fish":
		return fishCompletion(sys.stdout, words)
	case "zsh":
		// zsh reads bash's completions through its own emulation of them.
		if _, err := io.WriteString(sys.stdout, "autoload -U +X bashcompinit && bashcompinit\n"); err != nil {
			return err
		}
	}
	return bashCompletion(sys.stdout, words)
}

// completion is what may follow a command: its subcommands and flags.
type completion struct {
	command string // "" for waymark itself, else such as "config check"
	help    string
	next    []string
}

func collect(node *kong.Node, command string, words *[]completion) {
	w := completion{command: command, help: node.Help}
	for _, child := range node.Children {
		if child.Type == kong.CommandNode {
			w.next = append(w.next, child.Name)
		}
	}
	for _, flag := range node.Flags {
		w.next = append(w.next, "--"+flag.Name)
	}
	for _, value := range node.Positional {
		w.next = append(w.next, value.EnumSlice()...)
	}
	*words = append(*words, w)
	for _, child := range node.Children {
		if child.Type == kong.CommandNode {
			collect(child, strings.TrimSpace(command+" "+child.Name), words)
		}
	}
}

func bashCompletion(out io.Writer, words []completion) error {
	var b strings.Builder
	b.WriteString("_waymark() {\n  local cur=\"${COMP_WORDS[COMP_CWORD]}\" cmd=\"\" word next=\"\"\n")
	b.WriteString("  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case \"$word\" in -*) ;; *)\n      case \"${cmd:+$cmd }$word\" in\n")
	for _, w := range words[1:] {
		fmt.Fprintf(&b, "        %q) cmd=%q ;;\n", w.command, w.command)
	}
	b.WriteString("      esac ;;\n    esac\n  done\n  case \"$cmd\" in\n")
	for _, w := range words {
		fmt.Fprintf(&b, "    %q) next=%q ;;\n", w.command, strings.Join(w.next, " "))
	}
	b.WriteString("  esac\n  COMPREPLY=($(compgen -W \"$next\" -- \"$cur\"))\n")
	b.WriteString("  if [ ${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- \"$cur\")); fi\n}\ncomplete -o filenames -F _waymark waymark\n")
	_, err := io.WriteString(out, b.String())
	return err
}

func fishCompletion(out io.Writer, words []completion) error {
	var b strings.Builder
	for _, w := range words {
		condition := "__fish_use_subcommand"
		if w.command != "" {
			condition = "__fish_seen_subcommand_from " + w.command[strings.LastIndexByte(w.command, ' ')+1:]
		}
		for _, next := range w.next {
			if flag, ok := strings.CutPrefix(next, "--"); ok {
				fmt.Fprintf(&b, "complete -c waymark -n '%s' -l %s\n", condition, flag)
			} else {
				fmt.Fprintf(&b, "complete -c waymark -n '%s' -a %s\n", condition, next)
			}
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}
