# Command line, help, man page: nothing here needs a server.

begin help_names_verbs_examples_and_options
mi --help
is_status 0
err_empty
verbs='enumerate get query associators references create set delete invoke class classes subscribe test'
out_has 'usage: mi VERB' 'Examples:' '--clear-text' 'Exit status'
cp out help

for form in '-h' 'help' 'help help'; do
    begin "help_as_${form// /_}_is_the_same"
    mi $form
    is_status 0
    cmp -s out help || bad "differs from --help"
done

for verb in $verbs; do
    begin "help_names_$verb"
    cp help out
    out_matches "^  $verb +[A-Z[]"
    out_matches "^  mi $verb "

    begin "help_of_${verb}_in_any_order"
    mi "$verb" --help
    is_status 0
    out_has "usage: mi $verb" "  mi $verb "
    cp out verb
    mi --help "$verb"
    cmp -s out verb || bad "mi --help $verb differs"
    mi help "$verb"
    cmp -s out verb || bad "mi help $verb differs"
    mi "$verb" -o json -h
    cmp -s out verb || bad "mi $verb -o json -h differs"
done

begin help_of_a_verb_leaves_out_options_of_others
mi help get
out_hasnot '--shallow'
mi help enumerate
out_has '--shallow'
mi help classes
out_has '--shallow'
out_hasnot '--keys-only'

begin help_fits_100_columns
mi --help
[ "$(awk '{ if (length($0) > 100) print }' out | wc -l)" -eq 0 ] || bad "lines are longer"

begin version
mi --version
is_status 0
out_matches '^mi [0-9]+\.[0-9]+\.[0-9]+$'

begin man_page_has_the_options_of_help
sed -n '/^Options:/,/^Exit/p' help | grep -oE -- '--?[A-Za-z][a-z-]*[ ,]' | tr -d ' ,' |
    grep -vE '^-vv|^-v$' | sort -u >from_help
sed -n '/^\.SH OPTIONS/,/^\.SH OUTPUT/p' "$MAN" | grep -A1 '^\.TP' | grep '^\.BR' |
    sed 's/\\-/-/g' | grep -oE -- '--?[A-Za-z][a-z-]*' | grep -vE '^-v$' | sort -u >from_man
diff from_help from_man >out || bad "the lists differ"
[ "$(wc -l <from_help)" -ge 38 ] || bad "only $(wc -l <from_help) options found"

begin man_page_has_the_verbs_and_values_of_help
for word in $verbs help; do
    grep -qE "^\.BI? $word" "$MAN" || bad "no $word"
done
grep -oE -- '--[a-z-]+ [A-Z]+ ' help | sort -u >values
while read -r option value; do
    sed 's/\\-/-/g' "$MAN" | grep -qF -- "$option \" \\fI$value\\fR" ||
        sed 's/\\-/-/g' "$MAN" | grep -qF -- "$option \" \\fI$value\\fR\"" ||
        bad "$option $value"
done <values

# refuses NAME TEXT ARGUMENT...
refuses() {
    begin "$1"
    local text=$2
    shift 2
    mi "$@"
    is_status 2
    out_empty
    err_has "$text"
}
refuses no_verb_is_wrong_usage 'no verb given'
refuses unknown_verb_is_wrong_usage 'unknown verb: fetch' fetch
refuses unknown_option_is_wrong_usage 'unknown option: --fast' test --fast
refuses unknown_letter_is_wrong_usage 'unknown option: -x' test -x
refuses option_without_value_is_wrong_usage '--host' test --host
refuses option_with_empty_value_is_wrong_usage '--user' test --user=
refuses flag_with_value_is_wrong_usage '--https' test --https=yes
refuses too_few_operands_is_wrong_usage 'usage: mi enumerate CLASS' enumerate
refuses too_many_operands_is_wrong_usage 'too many: B' enumerate A B
refuses port_0_is_wrong_usage '--port' test --port 0
refuses port_65536_is_wrong_usage '--port' test --port 65536
refuses port_with_letters_is_wrong_usage '--port' test --port 5985x
refuses timeout_0_is_wrong_usage '--timeout' test --timeout 0
refuses timeout_below_0_is_wrong_usage '--timeout' test --timeout -1
refuses timeout_with_letters_is_wrong_usage '--timeout' test --timeout 5s
refuses unknown_format_is_wrong_usage 'table, list, json, jsonl, csv or xml' test -o yaml
refuses unknown_scheme_is_wrong_usage 'Basic' test --auth Telepathy
refuses enumerate_option_with_get_is_wrong_usage "not for 'get'" get X --keys-only
refuses csv_of_a_class_is_wrong_usage 'csv is not for this verb: class' class X -o csv
refuses count_0_is_wrong_usage '--count takes a number from 1 on; not: 0' subscribe X --count 0
refuses count_with_a_point_is_wrong_usage '--count' subscribe X --count 1.5
refuses expires_with_letters_is_wrong_usage '--expires takes seconds' subscribe X --expires 1h
refuses null_with_get_is_wrong_usage "is for 'create set invoke'" get X --null Y
refuses null_without_a_name_is_wrong_usage 'is empty: --null' create X --null=
refuses yes_with_get_is_wrong_usage "not for 'get'" get X --yes
refuses create_with_an_operand_that_is_no_property property=value create X Name
refuses null_and_a_value_for_the_same_property "'name' is given twice" create X Name=1 --null name
refuses null_and_empty_for_the_same_property "'Name' is given twice" create X --null Name --empty Name
refuses set_without_keys 'usage: mi set CLASS key=value... property=value...' set X
refuses set_of_null_only 'usage: mi set' set X --null Name
refuses delete_without_keys 'usage: mi delete CLASS key=value...' delete X
refuses delete_with_a_key_given_twice 'given twice' delete X A=1 a=2
refuses associators_without_keys_of_the_right_form key=value associators X Name
refuses references_with_a_key_given_twice 'given twice' references X A=1 A=1
refuses invoke_without_a_method 'no method is given' invoke X Key=1
refuses invoke_with_an_argument_of_the_wrong_form argument=value invoke X Method Argument
refuses invoke_with_a_key_given_twice 'given twice' invoke X A=1 A=2 Method
refuses query_in_several_words 'too many: FROM' query SELECT FROM
refuses both_polymorphism_options_is_wrong_usage 'not both' enumerate X --shallow --base-properties
refuses operand_that_is_no_key_is_wrong_usage 'key=value' get X Name
refuses key_without_name_is_wrong_usage 'key=value' get X =1
refuses key_given_twice_is_wrong_usage 'given twice' get X A=1 a=2
refuses argument_that_is_not_utf8_is_wrong_usage 'UTF-8' enumerate $'\xff'
refuses password_file_without_user_is_wrong_usage 'needs --user' test --password-file x
refuses missing_password_file_is_wrong_usage 'cannot read' test -u u --password-file nowhere

begin password_on_the_command_line_is_refused_and_not_repeated
mi test -u me --password=topsecret
is_status 2
err_has '--password-file'
err_hasnot topsecret

begin wrong_option_is_shown_without_control_characters
mi test $'--\e[2Jwipe'
is_status 2
err_has '\u001b[2Jwipe'
is_clean err

begin two_dashes_end_the_options
mi enumerate -- --help extra
is_status 2
err_has 'too many: extra'

begin full_disk_is_an_error
timeout 20 "$MI" --help >/dev/full 2>err
status=$?
is_status 11
err_has 'cannot write the output: No space left'

begin closed_output_is_an_error
timeout 20 "$MI" --help >&- 2>err
status=$?
is_status 11
err_has 'cannot write the output'
