using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Targets;

namespace Hermes.Http.Scim;

/// <summary>Reads the resources of a type back: never secrets, and not what refers to others.</summary>
internal sealed class ResourceReader(ResourceLayout layout, ScimClient client, ResourcePages pages)
{
    private const string Password = "password";

    /// <summary>All resources, in the order of the server.</summary>
    /// <exception cref="TargetException">Not all could be read, or an attribute is a secret one or no path.</exception>
    public async IAsyncEnumerable<TargetObject> ReadAsync(IReadOnlyList<string> also, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (string, ScimPath)[] others = [.. also.Select(name => (name, PathOf(name)))];
        await using var resources = pages.ReadAsync(layout.Endpoint, layout.Without, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await TargetFailures.TranslateAsync(layout.Type, resources.MoveNextAsync()))
            yield return ObjectOf(resources.Current, others);
    }

    /// <summary>The resource with a link; null if it is gone.</summary>
    /// <exception cref="TargetException">It could not be read.</exception>
    public async Task<TargetObject?> FindAsync(string link, CancellationToken cancellationToken) =>
        await TargetFailures.TranslateAsync(layout.Type, new ValueTask<ScimResource?>(client.FindAsync(layout.Endpoint, link, layout.Without, cancellationToken))) is { } resource
            ? ObjectOf(resource, [])
            : null;

    /// <summary>Whether a service takes what it holds of an attribute for what it would be given.</summary>
    public bool IsSame(string attribute, Value given, Value held) =>
        layout.Plain.FirstOrDefault(pair => pair.Local == attribute).Path is not { } path || ScimValue.AreSame(given, held, path.IgnoresCase);

    private TargetObject ObjectOf(ScimResource resource, IReadOnlyList<(string Name, ScimPath Path)> others)
    {
        Value Held(ScimPath path) => ScimValue.Read(path.Read(resource.Content));

        try
        {
            return new TargetObject(
                resource.Id,
                layout.NameOf(resource),
                Entry.Create(layout.Plain.Select(pair => KeyValuePair.Create(pair.Local, Held(pair.Path)))),
                layout.OwnsActive && ScimValue.IsFalse(ScimPath.Active.Read(resource.Content)))
            {
                Others = Entry.Create(others.Select(other => KeyValuePair.Create(other.Name, Held(other.Path)))),
            };
        }
        catch (FormatException problem)
        {
            throw new TargetException($"{layout.Type}: the resource {layout.Endpoint}/{resource.Id} holds what cannot be read. {problem.Message}", FaultKind.Permanent, problem);
        }
    }

    private ScimPath PathOf(string name)
    {
        if (ScimPath.TryParse(name) is not { } path)
            throw new TargetException($"{layout.Type}: '{name}' is not a SCIM path. Write userName, name.givenName or emails[work].", FaultKind.Permanent);
        var isSecret = path.Attribute.Equals(Password, StringComparison.OrdinalIgnoreCase)
            || layout.Secrets.Any(secret => secret.Name.Equals(path.Name, StringComparison.OrdinalIgnoreCase));
        return isSecret ? throw new TargetException($"{layout.Type}: the attribute '{name}' is a secret one and is not told.", FaultKind.Permanent) : path;
    }
}
