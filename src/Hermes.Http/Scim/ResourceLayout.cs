using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Http.Scim;

/// <summary>Computes what the resources of a type hold of its entries. Pure, but for the links of what an entry refers to.</summary>
internal sealed class ResourceLayout
{
    private const string UserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string GroupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

    private readonly ScimTypeOptions _options;
    private readonly bool _booleansAsText;
    private readonly (string Local, ScimPath Path)[] _single;
    private readonly (string Local, ScimPath Path)[] _secrets;

    /// <param name="type">The type.</param>
    /// <param name="options">How its entries become resources; checked.</param>
    /// <param name="booleansAsText">Whether true and false are written as texts.</param>
    /// <param name="ofOthers">The lists of ids that the entries of other types write, as memberships.</param>
    public ResourceLayout(TargetType type, ScimTypeOptions options, bool booleansAsText, IEnumerable<ScimPath> ofOthers)
    {
        (Type, _options, _booleansAsText) = (type.Name, options, booleansAsText);
        var all = options.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (Local: pair.Key, Path: ScimPath.TryParse(pair.Value)!)).ToArray();
        Plain = [.. all.Where(pair => !type.SecretAttributes.Contains(pair.Local) && !type.References.ContainsKey(pair.Local))];
        _secrets = [.. all.Where(pair => type.SecretAttributes.Contains(pair.Local))];
        _single = [.. all.Where(pair => type.References.TryGetValue(pair.Local, out var reference) && !reference.IsList)];
        Lists = [.. all.Where(pair => type.References.TryGetValue(pair.Local, out var reference) && reference.IsList)];
        ExternalId = Plain.FirstOrDefault(pair => pair.Path.Text.Equals(ScimPath.ExternalId.Text, StringComparison.OrdinalIgnoreCase)).Local;
        ScimPath[] match = options.Match.Count > 0 ? [.. options.Match.Select(text => ScimPath.TryParse(text)!)]
            : options.IsUser ? [ScimPath.UserName]
            : options.IsGroup ? [ScimPath.DisplayName] : [];
        Match = [.. Plain.Where(pair => match.Any(path => Same(path, pair.Path))).OrderBy(pair => Array.FindIndex(match, path => Same(path, pair.Path)))];
        Trashed = options.WhenTrashed ?? (options.IsUser ? ScimWhenTrashed.Deactivate : ScimWhenTrashed.Delete);
        OwnsActive = Trashed == ScimWhenTrashed.Deactivate && !all.Any(pair => Same(pair.Path, ScimPath.Active));
        var schema = options.Schema ?? (options.IsGroup ? GroupSchema : UserSchema);
        string[] lists = [.. Lists.Select(list => list.Path).Concat(ofOthers).Select(path => path.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
        Without = lists.Length > 0 ? string.Join(',', lists) : null;
        Schemas = [.. all.Select(pair => pair.Path.Schema).OfType<string>().Prepend(schema).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The name of the data type.</summary>
    public string Type { get; }

    /// <summary>Where the resources are.</summary>
    public string Endpoint => _options.Endpoint;

    /// <summary>The local attribute that becomes <c>externalId</c>; null if none does.</summary>
    public string? ExternalId { get; }

    /// <summary>What resources are looked for by behind <c>externalId</c>.</summary>
    public IReadOnlyList<(string Local, ScimPath Path)> Match { get; }

    /// <summary>The attributes that are written as they are: neither references nor secrets.</summary>
    public IReadOnlyList<(string Local, ScimPath Path)> Plain { get; }

    /// <summary>Lists of references, such as the members of a group.</summary>
    public IReadOnlyList<(string Local, ScimPath Path)> Lists { get; }

    /// <summary>The paths of secret attributes.</summary>
    public IEnumerable<ScimPath> Secrets => _secrets.Select(pair => pair.Path);

    /// <summary>What becomes of trashed entries.</summary>
    public ScimWhenTrashed Trashed { get; }

    /// <summary>Whether <c>active</c> tells trashed resources, because no attribute is written to it.</summary>
    public bool OwnsActive { get; }

    /// <summary>What becomes of an added entry that has a resource.</summary>
    public ScimWhenExists WhenExists => _options.WhenExists;

    /// <summary>The schemas of the resources.</summary>
    public ImmutableArray<string> Schemas { get; }

    /// <summary>What is left out where it is not needed: long lists of references.</summary>
    public string? Without { get; }

    /// <summary>What a path has for an entry.</summary>
    public JsonNode? Of(Entry entry, string local) => ScimValue.Write(entry.Get(local), _booleansAsText);

    /// <summary>Whether an entry has a secret attribute, which a service might repeat.</summary>
    public bool HasSecret(Entry entry) => _secrets.Any(pair => entry.ContainsKey(pair.Local));

    /// <summary>Whether a service's own words about a change may be shown.</summary>
    public bool MayShow(TargetChange change) => change switch
    {
        EntryAdded added => !HasSecret(added.Entry),
        EntryRecycled recycled => !HasSecret(recycled.Entry),
        EntryModified modified => !HasSecret(modified.Entry),
        _ => true,
    };

    /// <summary>Whether a resource is active.</summary>
    public WantedValue Active(bool isActive) => new(ScimPath.Active, ScimValue.Write(isActive, _booleansAsText));

    /// <summary>All that a resource should have of an entry, but for lists of references. Secrets only if the entry has them: it lacks them while they do not change.</summary>
    public async Task<IReadOnlyList<WantedValue>> WantedAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        // Who comes back without a word about it is active.
        var wanted = Plain.Select(pair => new WantedValue(pair.Path, Of(entry, pair.Local) ?? (Same(pair.Path, ScimPath.Active) ? Active(true).Value : null))).ToList();
        foreach (var (local, path) in _single)
            wanted.Add(await ReferenceAsync(entry, local, path, context, cancellationToken));
        wanted.AddRange(Hidden(entry, local => entry.ContainsKey(local)));
        if (OwnsActive)
            wanted.Add(Active(true));
        return wanted;
    }

    /// <summary>What a change makes different, but for lists of references and secrets.</summary>
    public async Task<IReadOnlyList<WantedValue>> ChangedAsync(EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        var wanted = Plain.Where(pair => change.Changes.Touches(pair.Local)).Select(pair => new WantedValue(pair.Path, Of(change.Entry, pair.Local))).ToList();
        foreach (var (local, path) in _single.Where(pair => change.Changes.Touches(pair.Local)))
            wanted.Add(await ReferenceAsync(change.Entry, local, path, context, cancellationToken));
        return wanted;
    }

    /// <summary>The secrets that a change makes different.</summary>
    public IReadOnlyList<WantedValue> ChangedSecrets(EntryModified change) => [.. Hidden(change.Entry, change.Changes.Touches)];

    /// <summary>A new resource.</summary>
    public JsonObject NewResource(IEnumerable<WantedValue> wanted)
    {
        var resource = new JsonObject { ["schemas"] = new JsonArray([.. Schemas.Select(name => (JsonNode)JsonValue.Create(name)!)]) };
        foreach (var one in wanted)
            one.Path.Write(resource, one.Value);
        return resource;
    }

    /// <summary>What people call a resource.</summary>
    public string NameOf(ScimResource resource) =>
        Match.Select(pair => pair.Path).Append(ScimPath.UserName).Append(ScimPath.DisplayName).Append(ScimPath.ExternalId)
            .Select(path => ScimValue.Read(path.Read(resource.Content))).FirstOrDefault(value => value.IsScalar) is { IsSet: true } name
            ? name.ToString()
            : resource.Id;

    private IEnumerable<WantedValue> Hidden(Entry entry, Func<string, bool> isMeant) =>
        _secrets.Where(pair => isMeant(pair.Local)).Select(pair => new WantedValue(pair.Path, Of(entry, pair.Local)) { IsHidden = true });

    private static async Task<WantedValue> ReferenceAsync(Entry entry, string local, ScimPath path, TargetContext context, CancellationToken cancellationToken) =>
        new(path, await context.FindReferencesAsync(entry, local, cancellationToken) is [{ Link: { } link }, ..] ? JsonValue.Create(link) : null);

    private static bool Same(ScimPath left, ScimPath right) => left.Text.Equals(right.Text, StringComparison.OrdinalIgnoreCase);
}
