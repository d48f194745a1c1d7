using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Notifications;
using Hermes.Testing.Contracts.Notifications;
using Hermes.Testing.Logging;
using Hermes.Testing.Notifications;
using Microsoft.Extensions.Logging;

namespace Hermes.Testing.Tests.Notifications;

public sealed class RecordingNotifierTests : NotifierContract
{
    protected override Task<ITestNotifier> CreateAsync() => Task.FromResult<ITestNotifier>(new Recorded());

    private sealed class Recorded : ITestNotifier
    {
        private readonly RecordingNotifier _notifier = new();

        public INotifier Notifier => _notifier;

        public Task<IReadOnlyList<string>> ReadAsync() => Task.FromResult<IReadOnlyList<string>>(
            [.. _notifier.Notifications.Select(notification => $"{notification.Subject}\n{string.Join('\n', notification.Difference)}")]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

public sealed class LogNotifierTests : NotifierContract
{
    protected override Task<ITestNotifier> CreateAsync() => Task.FromResult<ITestNotifier>(new Logged());

    private sealed class Logged : ITestNotifier
    {
        private readonly RecordingLoggerProvider _log = new();

        public Logged() => Notifier = new LogNotifier(LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<LogNotifier>());

        public INotifier Notifier { get; }

        public Task<IReadOnlyList<string>> ReadAsync() => Task.FromResult<IReadOnlyList<string>>([.. _log.Lines]);

        public ValueTask DisposeAsync()
        {
            _log.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
