using Hermes.Abstractions.Notifications;
using Hermes.Testing.Contracts.Notifications;

namespace Hermes.Mail.Tests;

public sealed class MailNotifierContractTests : NotifierContract
{
    protected override Task<ITestNotifier> CreateAsync() => Task.FromResult<ITestNotifier>(new MailedNotifications());

    private sealed class MailedNotifications : ITestNotifier
    {
        private readonly MailServer _server = MailServer.Start();

        public MailedNotifications() => Notifier = Notifiers.Make(options =>
        {
            (options.Port, options.Security) = (_server.Port, MailSecurity.None);
            options.To.Add("ops@campus.example");
        });

        public INotifier Notifier { get; }

        public Task<IReadOnlyList<string>> ReadAsync() => Task.FromResult<IReadOnlyList<string>>(
            [.. _server.Taken.Select(mail => $"{mail.Subject}\n{mail.TextBody}")]);

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
