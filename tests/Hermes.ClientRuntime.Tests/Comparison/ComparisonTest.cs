using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.Configuration;
using Hermes.Runtime.Lists;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Comparison;

/// <summary>A test of a running client whose target can be read back.</summary>
public abstract class ComparisonTest : IAsyncLifetime
{
    private protected ClientHarness Harness { get; } = new();

    private protected ReadableObjects Target { get; set; } = new();

    private protected IClientComparisons Comparisons => Harness.Control.Comparisons;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Harness.DisposeAsync().AsTask();

    private protected async Task StartAsync(Action<ClientTypeBuilder>? users = null)
    {
        await Harness.StartAsync(Target, client => client
            .DataType("Users", type =>
            {
                type.From("SRVUsers").Map("login").Map("display", "{{ first ~ ' ' ~ last }}").Map("code", "pw");
                users?.Invoke(type);
            })
            .DataType("Groups", type => type.From("SRVGroups").Map("name"))
            .DataType("Members", type => type.From("SRVMembers").Map("user", "uid").Map("group", "gid")));
        await Harness.AppliedAsync();
    }

    private protected async Task<IReadOnlyList<Finding>> FindingsAsync() => await Pages.ReadAllAsync(query => Comparisons.ListFindingsAsync("Users", query)).ToListAsync();

    /// <summary>What a comparison finds, as <c>Differs 1 000001 display</c>.</summary>
    private protected async Task<string[]> CompareAsync()
    {
        await Comparisons.CompareAsync("Users");
        return
        [
            .. (await FindingsAsync()).Select(found =>
                $"{found.Kind} {found.Key?.ToString() ?? "-"} {found.Link ?? "-"} {string.Join(",", found.Attributes.Select(attribute => attribute.Attribute))}".TrimEnd()),
        ];
    }

    private protected async Task<RepairOutcome> RepairAsync(RepairKind repair, params long[] rows)
    {
        var report = (await Comparisons.ListReportsAsync()).Items.Single(report => report.Type == "Users");
        var outcome = await Comparisons.RepairAsync(
            new RepairRequest("Users", report.Digest!, repair, "erika", "put right") { Rows = rows.Length == 0 ? null : [.. rows] });
        await Harness.AppliedAsync();
        return outcome;
    }

    private protected string DisplayOf(string login) => Target.Objects[Target.LinkOf(login)].Content["display"].AsString();

    // What is due is done by the client beside the test: time goes on until it is seen.
    private protected static async Task UntilAsync(Func<Task> again, Func<bool> isSeen)
    {
        for (var attempt = 0; !isSeen(); attempt++)
        {
            attempt.Should().BeLessThan(10_000, "it has to happen");
            await again();
        }
    }
}
