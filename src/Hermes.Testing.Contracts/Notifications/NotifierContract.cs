using Hermes.Abstractions.Notifications;

namespace Hermes.Testing.Contracts.Notifications;

/// <summary>What every notifier does. Inherit it and make one.</summary>
public abstract class NotifierContract
{
    private static readonly Notification Queued = new(
        "client portal",
        NotificationTopic.ErrorQueue,
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        ["Users[1]: refused"],
        ["Users[1]: refused", "Users[2]: no such group"]);

    /// <summary>Makes a notifier whose notifications can be read.</summary>
    protected abstract Task<ITestNotifier> CreateAsync();

    [ContractFact]
    public async Task A_notification_arrives_once_and_tells_where_it_is_from_what_it_is_about_and_what_is_new()
    {
        await using var test = await CreateAsync();

        await test.Notifier.NotifyAsync(Queued, default);

        (await test.ReadAsync()).Should().ContainSingle().Which.Should().ContainAll("client portal", NotificationTopic.ErrorQueue.Title, "Users[2]: no such group");
    }

    [ContractFact]
    public async Task What_is_over_is_told_as_over()
    {
        await using var test = await CreateAsync();

        await test.Notifier.NotifyAsync(Queued, default);
        await test.Notifier.NotifyAsync(Queued with { Previous = Queued.Current, Current = [] }, default);

        var told = await test.ReadAsync();
        told.Should().HaveCount(2);
        told[1].Should().ContainAll("client portal", NotificationTopic.ErrorQueue.Title, "over");
    }

    [ContractFact]
    public async Task A_notification_of_any_characters_arrives_as_it_is()
    {
        string[] lines = ["Zoë 名前 🎓", "<b>bold</b> & \"quoted\" 'text'", "{0} {{ name }} %s *star* _under_", ".", "From here"];
        await using var test = await CreateAsync();

        await test.Notifier.NotifyAsync(Queued with { Origin = "server Zürich-北京", Previous = [], Current = lines }, default);

        (await test.ReadAsync()).Should().ContainSingle().Which.Should().ContainAll([.. lines, "server Zürich-北京"]);
    }

    [ContractFact]
    public async Task A_notification_with_ten_thousand_lines_does_no_harm_to_the_next_one()
    {
        await using var test = await CreateAsync();

        await test.Notifier.NotifyAsync(Queued with { Current = [.. Enumerable.Range(0, 10_000).Select(i => $"Users[{i}]: refused")] }, default);
        await test.Notifier.NotifyAsync(Queued with { Origin = "server campus" }, default);

        (await test.ReadAsync())[^1].Should().ContainAll("server campus", "Users[2]: no such group");
    }

    [ContractFact]
    public async Task Notifications_of_several_servers_and_clients_at_once_all_arrive()
    {
        await using var test = await CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => test.Notifier.NotifyAsync(Queued with { Origin = $"client no-{i}." }, default).AsTask()));

        var told = await test.ReadAsync();
        told.Should().HaveCount(8);
        for (var i = 0; i < 8; i++)
            told.Should().ContainSingle(text => text.Contains($"client no-{i}.", StringComparison.Ordinal));
    }
}
