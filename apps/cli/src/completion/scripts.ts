/** What a shell needs to ask us, by shell. */
export const completionScripts = {
  bash: `# bash completion of lima-cli: source <(lima-cli completion bash)
_lima_cli() {
  local word description
  COMPREPLY=()
  while IFS=$'\\t' read -r word description; do
    case $word in
      :files) compopt -o default ;;
      :folders) compopt -o dirnames ;;
      *) COMPREPLY+=("$word") ;;
    esac
  done < <(lima-cli __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _lima_cli lima-cli
`,
  zsh: `#compdef lima-cli
# zsh completion of lima-cli: source <(lima-cli completion zsh), after compinit
_lima_cli() {
  local -a candidates
  local word description files=
  while IFS=$'\\t' read -r word description; do
    case $word in
      :files) files=files ;;
      :folders) files=folders ;;
      *) candidates+=("\${word//:/\\\\:}:$description") ;;
    esac
  done < <(lima-cli __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( $#candidates )) && _describe lima-cli candidates
  [[ $files = files ]] && _files
  [[ $files = folders ]] && _files -/
  return 0
}
compdef _lima_cli lima-cli
`,
  fish: `# fish completion of lima-cli: lima-cli completion fish | source
function __lima_cli_complete
    for line in (lima-cli __complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path (commandline -ct)
            case ':folders'
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c lima-cli -f -a '(__lima_cli_complete)'
`,
} as const;

export type Shell = keyof typeof completionScripts;
