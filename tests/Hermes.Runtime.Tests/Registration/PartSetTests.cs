using Hermes.Runtime.Registration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Runtime.Tests.Registration;

public sealed class PartSetTests
{
    private readonly PartSet _parts = new("server campus", NullLogger.Instance);
    private readonly List<string> _disposed = [];

    [Fact]
    public async Task Parts_are_disposed_of_once_and_the_last_first()
    {
        var shared = new Part("shared", _disposed);
        _parts.Own(shared);
        _parts.Own(new AsyncPart("asynchronous", _disposed));
        _parts.Own(shared);
        _parts.Own("not disposable");

        await _parts.DisposeAsync();
        await _parts.DisposeAsync();

        _disposed.Should().Equal("asynchronous", "shared");
    }

    [Fact]
    public async Task One_that_cannot_be_closed_does_not_keep_the_others_open()
    {
        _parts.Own(new Part("first", _disposed));
        _parts.Own(new Broken());

        await _parts.DisposeAsync();

        _disposed.Should().Equal("first");
    }

    private sealed class Part(string name, List<string> disposed) : IDisposable
    {
        public void Dispose() => disposed.Add(name);
    }

    private sealed class AsyncPart(string name, List<string> disposed) : IAsyncDisposable, IDisposable
    {
        public ValueTask DisposeAsync()
        {
            disposed.Add(name);
            return ValueTask.CompletedTask;
        }

        public void Dispose() => disposed.Add("synchronously " + name);
    }

    private sealed class Broken : IDisposable
    {
        public void Dispose() => throw new IOException("It does not close.");
    }
}
