# Counts a `ctest -V` log: the cases a test program reports in its own last line
# ('N passed, N failed[, N skipped]'), or the program itself where it prints none.
# Prints what failed with its output, what was skipped with its reason, then one 'counted' line.

function strip(line) { sub(/^[0-9]+: /, "", line); return line }

/^[0-9]+: / {
    id = $1; sub(/:$/, "", id)
    text = strip($0)
    output[id] = output[id] text "\n"
    if (text ~ /^[0-9]+ passed, [0-9]+ failed/) {
        split(text, n, /[^0-9]+/)
        cases_passed[id] = n[1]; cases_failed[id] = n[2]; cases_skipped[id] = n[3] + 0
        counted[id] = 1
    }
    if (text ~ /skipped: /) { reason = text; sub(/.*skipped: */, "", reason); reasons[id] = reason }
    next
}

/^ *[0-9]+\/[0-9]+ Test +#[0-9]+: / {
    match($0, /#[0-9]+/)
    id = substr($0, RSTART + 1, RLENGTH - 1)
    name_of = $0; sub(/.*#[0-9]+: /, "", name_of); sub(/ .*/, "", name_of)
    if ($0 ~ /\*\*\*Skipped/) {
        if (!counted[id]) { cases_skipped[id] = 1 }
        why = reasons[id] != "" ? reasons[id] : "no reason given"
        for_reason[why] = for_reason[why] " " name_of
        skipped += (cases_skipped[id] > 0 ? cases_skipped[id] : 1)
    } else if ($0 ~ /Passed/) {
        if (counted[id] && cases_passed[id] + cases_failed[id] + cases_skipped[id] == 0) {
            print "FAILED: " name_of ": it ran nothing"; failed++
        } else if (counted[id]) {
            passed += cases_passed[id]; failed += cases_failed[id]; skipped += cases_skipped[id]
            if (cases_skipped[id]) { for_reason[reasons[id]] = for_reason[reasons[id]] " " name_of }
        } else { passed++ }
    } else {
        print "FAILED: " name_of; printf "%s", output[id]
        passed += cases_passed[id]
        failed += (cases_failed[id] > 0 ? cases_failed[id] : 1); skipped += cases_skipped[id]
    }
    next
}

END {
    for (why in for_reason) { print "skipped: " why ":" for_reason[why] }
    if (passed + failed + skipped == 0) { print "FAILED: " name ": no test ran"; failed = 1 }
    print name ": " passed + 0 " passed, " failed + 0 " failed, " skipped + 0 " skipped"
    print "counted " passed + 0 " " failed + 0 " " skipped + 0
}
