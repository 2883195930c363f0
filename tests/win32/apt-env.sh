# Sourced: private_apt makes apt-get read this system's mirror with lists of its own; the system's
# package state is neither read nor changed.

# source_line RELEASE: that release in the system's package sources, of either form, as what follows
# `deb` in a sources.list: [signed-by=KEY] ADDRESS RELEASE COMPONENT...
source_line() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | awk -v release="$1" '
        $1 == "deb" {
            key = match($0, /signed-by=[^] ]*/) ? "[" substr($0, RSTART, RLENGTH) "]" : ""
            sub(/\[[^]]*\]/, "")
            if ($3 == release) { $1 = key; print; exit }
        }'
    for file in /etc/apt/sources.list.d/*.sources; do
        [ -f "$file" ] || continue
        { cat "$file"; echo; } | awk -v release="$1" '
            function stanza_ends() {
                if ((" " types " ") ~ / deb / && index(" " suites " ", " " release " ") && on != "no") {
                    split(uris, uri, " ")
                    print (signed ~ /^\// ? "[signed-by=" signed "]" : ""), uri[1], release, components
                    exit
                }
                types = uris = suites = components = signed = on = ""
            }
            /^[ \t]*$/ { stanza_ends(); next }
            { key = tolower($1); value = $0; sub(/^[^:]*:[ \t]*/, "", value) }
            key == "types:" { types = value }
            key == "uris:" { uris = value }
            key == "suites:" { suites = value }
            key == "components:" { components = value }
            key == "signed-by:" { signed = value }
            key == "enabled:" { on = tolower(value) }'
    done
}

# private_apt FOLDER deb|deb-src ARCHITECTURE: from here on apt-get works in FOLDER.
private_apt() {
    command -v apt-get >/dev/null || { echo "no apt-get here" >&2; return 1; }
    release=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
    line=$(source_line "$release" | head -n 1)
    [ -n "$line" ] ||
        { echo "the package sources of this system name no archive for $release" >&2; return 1; }
    private=$1
    mkdir -p "$private/lists/partial" "$private/cache/archives/partial"
    : >"$private/status"
    echo "$2 $line" >"$private/sources.list"
    cat >"$private/apt.conf" <<TEXT
Dir::Etc::sourcelist "$private/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State "$private";
Dir::State::lists "$private/lists";
Dir::State::status "$private/status";
Dir::Cache "$private/cache";
APT::Architecture "$3";
APT::Architectures { "$3"; };
APT::Sandbox::User "";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Debug::NoLocking "1";
TEXT
    export APT_CONFIG="$private/apt.conf"
}
