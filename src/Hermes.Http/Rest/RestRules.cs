using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using Hermes.Http.Source;

namespace Hermes.Http.Rest;

/// <summary>What must hold between the settings of a target, and of a type of it.</summary>
internal static class RestRules
{
    public static IEnumerable<ValidationResult> Check(RestTargetOptions options)
    {
        if (options.IdempotencyHeader is { } header && (header.Length == 0 || !header.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')))
            yield return new($"'{header}' is not the name of a header.", [nameof(options.IdempotencyHeader)]);
        if (!MediaTypeHeaderValue.TryParse(options.PatchMediaType, out _))
            yield return new($"'{options.PatchMediaType}' is not a media type.", [nameof(options.PatchMediaType)]);
        var source = options.ToSource();
        source.Key.Add("/id");
        foreach (var result in SourceRules.Check(source))
        {
            // Without a proof the target is not read back.
            if (options.Proof != ReadProof.NotChosen || !result.MemberNames.Contains(nameof(options.Proof)))
                yield return result;
        }
    }

    public static IEnumerable<ValidationResult> Check(RestTypeOptions options)
    {
        if (RequestLine.PathFault(options.Path ?? "x") is { } fault)
            yield return new(fault, [nameof(options.Path)]);
        if (options.Path?.Contains("{{", StringComparison.Ordinal) == true)
            yield return new("Path is the same for all entries. Write templates into Add, Modify, Remove and Find.", [nameof(options.Path)]);
        if (options.Path is null)
        {
            (string Name, string? Text)[] needed =
            [
                (nameof(options.Add), options.Add), (nameof(options.Modify), options.Modify), (nameof(options.Remove), options.Remove), (nameof(options.Find), options.Find),
                (nameof(options.List), options.List),
            ];
            foreach (var (name, _) in needed.Where(line => line.Text is null))
                yield return new($"Set Path, from which the requests follow, or {name}.", [name]);
        }

        foreach (var result in Requests(options).Concat(Bodies(options)).Concat(Places(options)))
            yield return result;
        if (options.Trash is null != options.Recycle is null)
            yield return new("Trash and Recycle belong together: what is put aside has to come back.", [nameof(options.Recycle)]);
        if (options.Attributes.Count == 0 && (options.AddBody is null || options.ModifyBody is null))
            yield return new("Say which attributes are written: local name to JSON pointer, such as login to /userName.", [nameof(options.Attributes)]);
        foreach (var name in options.Match.Where(name => !options.Attributes.ContainsKey(name)))
            yield return new($"'{name}' is not among Attributes, so that it is not known where objects have it.", [nameof(options.Match)]);
    }

    private static IEnumerable<ValidationResult> Requests(RestTypeOptions options)
    {
        (string Name, string? Text)[] lines =
        [
            (nameof(options.Add), options.Add), (nameof(options.Modify), options.Modify), (nameof(options.Remove), options.Remove), (nameof(options.Trash), options.Trash),
            (nameof(options.Recycle), options.Recycle),
        ];
        foreach (var (name, text) in lines)
        {
            if (text is not null && RequestLine.Fault(text) is { } fault)
                yield return new(fault, [name]);
        }

        (string Name, string? Text)[] paths = [(nameof(options.Find), options.Find), (nameof(options.Search), options.Search), (nameof(options.List), options.List)];
        foreach (var (name, text) in paths)
        {
            if (text is not null && RequestLine.PathFault(text) is { } fault)
                yield return new(fault, [name]);
        }

        if (options.List?.Contains('{', StringComparison.Ordinal) == true)
            yield return new("All objects are read by one path, which has no templates.", [nameof(options.List)]);
    }

    private static IEnumerable<ValidationResult> Bodies(RestTypeOptions options)
    {
        (string Name, string? Text)[] bodies =
        [
            (nameof(options.AddBody), options.AddBody), (nameof(options.ModifyBody), options.ModifyBody), (nameof(options.TrashBody), options.TrashBody),
            (nameof(options.RecycleBody), options.RecycleBody),
        ];
        foreach (var (name, text) in bodies)
        {
            if (text is not null && !RestBody.IsJson(text))
                yield return new("This is not JSON. Write templates as texts: {\"age\": \"{{ age }}\"}; one that yields a number becomes a number.", [name]);
        }
    }

    private static IEnumerable<ValidationResult> Places(RestTypeOptions options)
    {
        foreach (var (local, pointer) in options.Attributes)
        {
            if (MemberPlace.TryParse(pointer) is null)
                yield return new($"'{pointer}' is not a JSON pointer to a member. Write /member/member.", [$"{nameof(options.Attributes)}:{local}"]);
        }

        foreach (var group in options.Attributes.GroupBy(pair => pair.Value, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return new($"Two attributes are written to '{group.Key}'. Combine them in the mapping of the client instead.", [nameof(options.Attributes)]);
        if (MemberPlace.TryParse(options.Id) is null)
            yield return new("This is not a JSON pointer to a member, such as /id.", [nameof(options.Id)]);
        if (options.TrashedPointer is { } trashed && MemberPlace.TryParse(trashed) is null)
            yield return new("This is not a JSON pointer to a member, such as /active.", [nameof(options.TrashedPointer)]);
    }
}
