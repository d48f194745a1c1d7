using Hermes.ClientRuntime.ErrorQueue;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>The same history of a failing group under each policy of remediation.</summary>
internal static class September
{
    public static async Task RemediationAsync(Year year)
    {
        year.Groups.Add("k", "Known");
        year.Staff.Remove("s3");
        await year.PollAsync();
        await year.ChangeClientAsync(client => client with { Retention = TimeSpan.Zero });
        await year.ThenAsync(
            "a group that is known; and the trashbin is switched off, and emptied",
            calls: """
                Added Groups[k] {name: Known}
                Trashed Staff[s3] {name: Gil}
                Removed Staff[s3] {name: Gil}
                """,
            views: """
                + Groups[k] {name: Known}
                + SRVGroups[k] {id: k, name: Known}
                - SRVStaff[s3] {badge: b3, id: s3, name: Gil}
                - Staff[s3] {name: Gil}
                - client: 2 Groups
                - client: 2 SRVGroups
                + client: 2 SRVStaff
                + client: 2 Staff
                + client: 3 Groups
                + client: 3 SRVGroups
                - client: 3 SRVStaff
                - client: 3 Staff
                - server: 2 SRVGroups
                + server: 2 SRVStaff
                + server: 3 SRVGroups
                - server: 3 SRVStaff
                """);

        await ChangesAsync(year, RemediationPolicy.Disabled);
        await year.ThenAsync(
            "disabled: every event waits",
            calls: """
                Added Groups[new] {name: One}, failed
                Modified Groups[k] {name: Known} to {name: One}, failed
                """,
            views: """
                + Groups[k] applied {name: Known}
                + Groups[k] expected {name: Known, Disabled}
                - Groups[k] {name: Known}
                + SRVGroups[k] applied {id: k, name: Known}
                + SRVGroups[k] expected {id: k, name: Known, Disabled}
                - SRVGroups[k] {id: k, name: Known}
                + queue 1: Added Groups[new] {name: One}, 1 attempts
                + queue 2: Modified Groups[k] {name: One}, 1 attempts
                + queue 3: Modified Groups[k] {name: Two}, 0 attempts
                + queue 4: Modified Groups[new] {name: Two}, 0 attempts
                + queue 5: Removed Groups[k], 0 attempts
                + queue 6: Removed Groups[new], 0 attempts
                + queue 7: Added Groups[k] {name: Known, Disabled}, 0 attempts
                """);
        await RetryAsync(year);
        await year.ThenAsync(
            "disabled: every event is delivered",
            calls: """
                Added Groups[new] {name: One}
                Modified Groups[k] {name: Known} to {name: One}
                Modified Groups[k] {name: One} to {name: Two}
                Modified Groups[new] {name: One} to {name: Two}
                Removed Groups[k] {name: Two}
                Removed Groups[new] {name: Two}
                Added Groups[k] {name: Known, Disabled}
                """,
            views: """
                - Groups[k] applied {name: Known}
                - Groups[k] expected {name: Known, Disabled}
                + Groups[k] {name: Known, Disabled}
                - SRVGroups[k] applied {id: k, name: Known}
                - SRVGroups[k] expected {id: k, name: Known, Disabled}
                + SRVGroups[k] {id: k, name: Known, Disabled}
                - queue 1: Added Groups[new] {name: One}, 1 attempts
                - queue 2: Modified Groups[k] {name: One}, 1 attempts
                - queue 3: Modified Groups[k] {name: Two}, 0 attempts
                - queue 4: Modified Groups[new] {name: Two}, 0 attempts
                - queue 5: Removed Groups[k], 0 attempts
                - queue 6: Removed Groups[new], 0 attempts
                - queue 7: Added Groups[k] {name: Known, Disabled}, 0 attempts
                """);

        await ChangesAsync(year, RemediationPolicy.Conservative);
        await year.ThenAsync(
            "conservative: what modifies is merged into what it follows",
            calls: """
                Added Groups[new] {name: One}, failed
                Modified Groups[k] {name: Known, Disabled} to {name: One}, failed
                """,
            views: """
                + Groups[k] applied {name: Known, Disabled}
                + Groups[k] expected {name: Known, Conservative}
                - Groups[k] {name: Known, Disabled}
                + SRVGroups[k] applied {id: k, name: Known, Disabled}
                + SRVGroups[k] expected {id: k, name: Known, Conservative}
                - SRVGroups[k] {id: k, name: Known, Disabled}
                + queue 1: Added Groups[new] {name: Two}, 1 attempts
                + queue 2: Modified Groups[k] {name: Two}, 1 attempts
                + queue 3: Removed Groups[k], 0 attempts
                + queue 4: Removed Groups[new], 0 attempts
                + queue 5: Added Groups[k] {name: Known, Conservative}, 0 attempts
                """);
        await RetryAsync(year);
        await year.ThenAsync(
            "conservative: the merged events are delivered",
            calls: """
                Added Groups[new] {name: Two}
                Modified Groups[k] {name: Known, Disabled} to {name: Two}
                Removed Groups[k] {name: Two}
                Removed Groups[new] {name: Two}
                Added Groups[k] {name: Known, Conservative}
                """,
            views: """
                - Groups[k] applied {name: Known, Disabled}
                - Groups[k] expected {name: Known, Conservative}
                + Groups[k] {name: Known, Conservative}
                - SRVGroups[k] applied {id: k, name: Known, Disabled}
                - SRVGroups[k] expected {id: k, name: Known, Conservative}
                + SRVGroups[k] {id: k, name: Known, Conservative}
                - queue 1: Added Groups[new] {name: Two}, 1 attempts
                - queue 2: Modified Groups[k] {name: Two}, 1 attempts
                - queue 3: Removed Groups[k], 0 attempts
                - queue 4: Removed Groups[new], 0 attempts
                - queue 5: Added Groups[k] {name: Known, Conservative}, 0 attempts
                """);

        await ChangesAsync(year, RemediationPolicy.Maximum);
        await year.ThenAsync(
            "maximum: what undoes itself vanishes, and what comes back is a modification",
            calls: """
                Added Groups[new] {name: One}, failed
                Modified Groups[k] {name: Known, Conservative} to {name: One}, failed
                """,
            views: """
                + Groups[k] applied {name: Known, Conservative}
                + Groups[k] expected {name: Known, Maximum}
                - Groups[k] {name: Known, Conservative}
                + SRVGroups[k] applied {id: k, name: Known, Conservative}
                + SRVGroups[k] expected {id: k, name: Known, Maximum}
                - SRVGroups[k] {id: k, name: Known, Conservative}
                + queue 1: Modified Groups[k] {name: Known, Maximum}, 1 attempts
                """);
        await RetryAsync(year);
        await year.ThenAsync(
            "maximum: what is left is delivered",
            calls: """
                Modified Groups[k] {name: Known, Conservative} to {name: Known, Maximum}
                """,
            views: """
                - Groups[k] applied {name: Known, Conservative}
                - Groups[k] expected {name: Known, Maximum}
                + Groups[k] {name: Known, Maximum}
                - SRVGroups[k] applied {id: k, name: Known, Conservative}
                - SRVGroups[k] expected {id: k, name: Known, Maximum}
                + SRVGroups[k] {id: k, name: Known, Maximum}
                - queue 1: Modified Groups[k] {name: Known, Maximum}, 1 attempts
                """);
    }

    // One group is new, changes and goes; one that is there changes, goes and comes back with another name.
    private static async Task ChangesAsync(Year year, RemediationPolicy policy)
    {
        await year.ChangeClientAsync(client => client with { Remediation = policy });
        year.HandlersFail(change => change.Type == "Groups");
        year.Groups.Add("new", "One");
        year.Groups.Set("k", "name", "One");
        await year.PollAsync();
        year.Groups.Set("new", "name", "Two");
        year.Groups.Set("k", "name", "Two");
        await year.PollAsync();
        year.Groups.Remove("new");
        year.Groups.Remove("k");
        await year.PollAsync();
        year.Groups.Add("k", $"Known, {policy}");
        await year.PollAsync();
    }

    private static async Task RetryAsync(Year year)
    {
        year.HandlersWork();
        await year.RetryAsync();
    }
}
