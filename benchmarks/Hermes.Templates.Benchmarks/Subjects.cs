using Hermes.Abstractions.Data;

namespace Hermes.Templates.Benchmarks;

/// <summary>A template and what it is evaluated with.</summary>
internal sealed record Subject(string Template, IReadOnlyDictionary<string, Value> Variables);

internal static class Subjects
{
    private static readonly Dictionary<string, Value> Variables = new()
    {
        ["login"] = "JDupont",
        ["plain"] = "jdupont",
        ["firstname"] = "Jean",
        ["lastname"] = "De La Tour",
        ["jobs"] = "teacher;;researcher",
        ["age"] = 42,
        ["mobile"] = ValueList.Create(["+33 6 11 22 33 44", "+33 6 55 66 77 88"]),
        ["groups"] = ValueList.Create(Enumerable.Range(0, 5).Select(i => Value.From(ValueMap.Create(
        [
            new("name", $"group {i}"),
            new("type", i % 2 == 0 ? "staff" : "other"),
        ])))),
        ["_SELF"] = Value.From(new EntryObject(new() { ["user_id"] = 4_711, ["group_id"] = "g42", ["role"] = "member" })),
        ["Users_pkeys"] = Value.From(new KeySet(Enumerable.Range(0, 100_000).Select(i => Value.From((long)i)))),
        ["Groups_pkeys"] = Value.From(new KeySet(Enumerable.Range(0, 5_000).Select(i => Value.From($"g{i}")))),
    };

    public static IEnumerable<Subject> All => new[]
    {
        "{{ login | lower }}",
        "{{ plain | lower }}",
        "{{ _SELF.user_id in Users_pkeys and _SELF.group_id in Groups_pkeys }}",
        "{{ login }}",
        "{{ age >= 18 and age < 65 }}",
        "{{ firstname ~ '.' ~ lastname }}",
        "{{ firstname[0] | lower ~ lastname | lower | replace(' ', '-') }}",
        "{{ (mobile | default([None]))[0] }}",
        "{{ (jobs | default('', boolean=True)).split(';') | reject('==', '') | list }}",
        "{{ (groups | selectattr('type', 'equalto', 'staff') | map(attribute='name') | join(',')) }}",
        "{{ firstname }} {{ lastname }} <{{ login | lower }}@example.org>",
    }.Select(template => new Subject(template, Variables));
}
