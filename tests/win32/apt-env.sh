# Sourced: private_apt FOLDER SUITE-LINE-PREFIX ARCHITECTURE makes `apt` read this system's mirror
# with lists of its own under FOLDER; the system's package state is neither read nor changed.

# The archive this system's own package sources name.
apt_mirror() {
    mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk -v release="$1" '$1 == release && $2 ~ /^(https?|mirror|file)/ { print $2; exit }')
    [ -n "$mirror" ] && echo "$mirror"
}

# private_apt <folder> <deb|deb-src> <architecture>: sets apt_options; fails with a reason.
private_apt() {
    command -v apt-get >/dev/null || { echo "no apt-get here" >&2; return 1; }
    release=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
    mirror=$(apt_mirror "$release") ||
        { echo "the package sources of this system name no archive for $release" >&2; return 1; }
    components=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v release="$release" '$1 == release { print $2 }' | sort -u | tr '\n' ' ')
    mkdir -p "$1/lists/partial" "$1/cache/archives/partial"
    : >"$1/status"
    echo "$2 $mirror $release $components" >"$1/sources.list"
    cat >"$1/apt.conf" <<TEXT
Dir::Etc::sourcelist "$1/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State "$1";
Dir::State::lists "$1/lists";
Dir::State::status "$1/status";
Dir::Cache "$1/cache";
APT::Architecture "$3";
APT::Architectures { "$3"; };
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "2";
Debug::NoLocking "1";
TEXT
    export APT_CONFIG="$1/apt.conf"
}
