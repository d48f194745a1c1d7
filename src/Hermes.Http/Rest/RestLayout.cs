using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;

namespace Hermes.Http.Rest;

/// <summary>The requests of a type, and what its objects hold of an entry.</summary>
internal sealed class RestLayout
{
    private const string ById = $"{{{{ {RestText.Id} }}}}";

    private readonly (string Local, MemberPlace Place)[] _secrets;
    private readonly (string Local, MemberPlace Place, TargetReference Reference)[] _references;

    /// <exception cref="TemplateException">A template is wrong.</exception>
    public RestLayout(TargetType type, RestTypeOptions options, ITemplateEngine engine)
    {
        (Type, Options) = (type.Name, options);
        var path = options.Path?.Trim('/') ?? "";
        var all = options.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (Local: pair.Key, Pointer: pair.Value)).ToArray();
        Plain = [.. all.Where(pair => !type.SecretAttributes.Contains(pair.Local) && !type.References.ContainsKey(pair.Local))];
        Hidden = [.. all.Where(pair => type.SecretAttributes.Contains(pair.Local)).Select(pair => pair.Pointer)];
        PlainPlaces = [.. Plain.Select(pair => (pair.Local, MemberPlace.TryParse(pair.Pointer)!))];
        _secrets = [.. all.Where(pair => type.SecretAttributes.Contains(pair.Local)).Select(pair => (pair.Local, MemberPlace.TryParse(pair.Pointer)!))];
        _references =
        [
            .. all.Where(pair => type.References.ContainsKey(pair.Local)).Select(pair => (pair.Local, MemberPlace.TryParse(pair.Pointer)!, type.References[pair.Local])),
        ];
        Match = options.Match.Count > 0 ? [.. options.Match] : [.. type.Key.Where(options.Attributes.ContainsKey)];
        Add = Line(options.Add, $"POST {path}");
        Modify = Line(options.Modify, $"PUT {path}/{ById}");
        Remove = Line(options.Remove, $"DELETE {path}/{ById}");
        (Trash, Recycle) = (options.Trash is null ? null : Line(options.Trash, ""), options.Recycle is null ? null : Line(options.Recycle, ""));
        Find = RequestLine.OfPath(options.Find ?? $"{path}/{ById}", engine);
        Search = options.Search is null ? null : RequestLine.OfPath(options.Search, engine);
        (AddBody, ModifyBody, TrashBody, RecycleBody) = (Body(options.AddBody), Body(options.ModifyBody), Body(options.TrashBody), Body(options.RecycleBody));

        RequestLine Line(string? text, string otherwise) => RequestLine.Parse(text ?? otherwise, engine);
        RestBody? Body(string? text) => text is null ? null : RestBody.Parse(text, engine);
    }

    public string Type { get; }

    public RestTypeOptions Options { get; }

    /// <summary>The attributes that are neither references nor secrets, with their pointers.</summary>
    public IReadOnlyList<(string Local, string Pointer)> Plain { get; }

    /// <summary>The pointers of secret attributes.</summary>
    public IReadOnlyList<string> Hidden { get; }

    /// <summary>The attributes in which an object has to be equal to an entry to be its own.</summary>
    public IReadOnlyList<string> Match { get; }

    public RequestLine Add { get; }

    public RequestLine Modify { get; }

    public RequestLine Remove { get; }

    public RequestLine? Trash { get; }

    public RequestLine? Recycle { get; }

    public RequestLine Find { get; }

    public RequestLine? Search { get; }

    public RestBody? AddBody { get; }

    public RestBody? ModifyBody { get; }

    public RestBody? TrashBody { get; }

    public RestBody? RecycleBody { get; }

    /// <summary>The path by which all are read.</summary>
    public string List => Options.List ?? Options.Path!;

    /// <summary>The names that the templates of the type read, each with the setting that has it.</summary>
    public IEnumerable<(string Setting, string Variable)> Variables()
    {
        (string Setting, IEnumerable<string>? Names)[] all =
        [
            (nameof(Add), Add.Variables), (nameof(AddBody), AddBody?.Variables), (nameof(Modify), Modify.Variables), (nameof(ModifyBody), ModifyBody?.Variables),
            (nameof(Remove), Remove.Variables), (nameof(Trash), Trash?.Variables), (nameof(TrashBody), TrashBody?.Variables), (nameof(Recycle), Recycle?.Variables),
            (nameof(RecycleBody), RecycleBody?.Variables), (nameof(Find), Find.Variables), (nameof(Search), Search?.Variables),
        ];
        return all.SelectMany(setting => (setting.Names ?? []).Distinct(StringComparer.Ordinal).Select(name => (setting.Setting, name)));
    }

    /// <summary>The link of an object: services count the objects of each type anew, and a link is unique on the target.</summary>
    public string LinkOf(string id) => $"{Type}/{id}";

    /// <summary>The id in a link.</summary>
    public string IdOf(string link) => IdOf(Type, link);

    /// <summary>The value by which people know an object.</summary>
    public string NameOf(Func<string, Value> held, string link) =>
        Match.Select(held).FirstOrDefault(value => value is { IsSet: true, IsScalar: true }) is { IsSet: true } name ? name.ToString() : link;

    /// <summary>All that an object should have. Secrets only if the entry has them: it lacks them while they do not change.</summary>
    public Task<IReadOnlyList<WantedMember>> WantedAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        WantedAsync(entry, _ => true, entry.ContainsKey, context, cancellationToken);

    /// <summary>What a change makes different.</summary>
    public Task<IReadOnlyList<WantedMember>> ChangedAsync(EntryModified change, TargetContext context, CancellationToken cancellationToken) =>
        WantedAsync(change.Entry, change.Changes.Touches, change.Changes.Touches, context, cancellationToken);

    private (string Local, MemberPlace Place)[] PlainPlaces { get; }

    private static string IdOf(string type, string link) => link.StartsWith($"{type}/", StringComparison.Ordinal) ? link[(type.Length + 1)..] : link;

    private async Task<IReadOnlyList<WantedMember>> WantedAsync(
        Entry entry, Func<string, bool> isMeant, Func<string, bool> isSecretMeant, TargetContext context, CancellationToken cancellationToken)
    {
        var wanted = new List<WantedMember>();
        foreach (var (local, place) in PlainPlaces.Where(pair => isMeant(pair.Local)).Concat(_secrets.Where(pair => isSecretMeant(pair.Local))))
            wanted.Add(new(place, RestBody.Json(entry.Get(local))));
        foreach (var (local, place, reference) in _references.Where(pair => isMeant(pair.Local)))
        {
            var links = (await context.FindReferencesAsync(entry, local, cancellationToken)).Select(found => found.Link).OfType<string>();
            JsonNode[] ids = [.. links.Select(link => (JsonNode)IdOf(reference.Type, link))];
            wanted.Add(new(place, reference.IsList ? new JsonArray(ids) : ids.FirstOrDefault()));
        }

        return wanted;
    }
}

/// <summary>What a member of an object should hold; null if it should not be there.</summary>
internal sealed record WantedMember(MemberPlace Place, JsonNode? Value)
{
    /// <summary>Puts some of them into an object.</summary>
    /// <param name="root">The object.</param>
    /// <param name="wanted">The members.</param>
    /// <param name="tellsRemoval">Whether those that should not be there become null (RFC 7396).</param>
    public static JsonObject Put(JsonObject root, IEnumerable<WantedMember> wanted, bool tellsRemoval = false)
    {
        foreach (var (place, value) in wanted)
            place.Write(root, value?.DeepClone(), tellsRemoval);
        return root;
    }
}
