using System.Collections.Immutable;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>What the client's administrator has declared.</summary>
internal sealed record ClientSide
{
    public static ClientSide First { get; } = new ClientSide()
        .With("Users", "SRVUsers", ("display", "{{ first ~ ' ' ~ last }}"))
        .With("Groups", "SRVGroups", ("name", "name"))
        .With("Members", "SRVMembers", ("user", "uid"), ("group", "gid"))
        .With("Staff", "SRVStaff", ("name", "name"));

    public ImmutableSortedDictionary<string, (string Remote, ImmutableArray<(string Attribute, string Mapping)> Mapping)> Types { get; init; } =
        ImmutableSortedDictionary<string, (string, ImmutableArray<(string, string)>)>.Empty.WithComparers(StringComparer.Ordinal);

    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    public RemediationPolicy Remediation { get; init; }

    public ForeignKeyPolicy ForeignKeys { get; init; } = ForeignKeyPolicy.OnRemove;

    /// <summary>With a data type, in place of one of that name.</summary>
    public ClientSide With(string type, string remote, params (string Attribute, string Mapping)[] mapping) =>
        this with { Types = Types.SetItem(type, (remote, [.. mapping])) };

    public ClientSide Without(string type) => this with { Types = Types.Remove(type) };

    public void Describe(IHermesClientBuilder client)
    {
        foreach (var (name, (remote, mapping)) in Types)
        {
            client.DataType(name, type =>
            {
                type.From(remote);
                foreach (var (attribute, text) in mapping)
                    type.Map(attribute, text);
            });
        }

        client.Configure(options =>
        {
            options.TrashbinRetention = Retention;
            options.Remediation = Remediation;
            options.ForeignKeys = ForeignKeys;

            // In a year of so few, most of a type leave at once all the time.
            options.RemovalGuard.Enabled = false;
            options.MayComeLater = true;
        });
    }
}
