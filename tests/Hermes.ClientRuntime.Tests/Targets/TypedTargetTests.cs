using Hermes.Abstractions.Targets;
using Hermes.Runtime.Control;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Targets;

public sealed class TypedTargetTests : IAsyncLifetime
{
    private readonly ClientHarness _harness = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Handlers_get_records_of_their_own_types()
    {
        var handler = new UserHandler();
        await StartAsync(client => client.Handle<User>("Users", handler));
        await _harness.SendAsync(Campus.Changed("1", ("login", "b"), ("mail", "b@x")), Campus.Gone(Campus.User("1", "")));
        await _harness.AppliedAsync();

        handler.Calls.Should().Equal(
            "added User { Login = ada, Full_Name = Ada Byron, Mail =  }",
            "modified User { Login = ada, Full_Name = Ada Byron, Mail =  } to User { Login = b, Full_Name = Ada Byron, Mail = b@x }");
        (await _harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty("a kind without a method is accepted silently");
    }

    [Fact]
    public async Task What_cannot_be_bound_stops_the_client_with_all_that_is_wrong()
    {
        await _harness.SendInitSyncAsync(Campus.Schema);
        await _harness.StartAsync(client => Types(client).Handle<Odd>("Users", new OddHandler()).Handle<User>("Nobody", new UserHandler()));

        var wait = async () => await _harness.AppliedAsync();
        var message = (await wait.Should().ThrowAsync<NotRunningException>()).Which.Message;
        message.Should().Contain("'Shoe' of the record Odd is no attribute of 'Users'").And.Contain("full-name, login, mail");
        message.Should().Contain("'Login' of the record Odd has the type Guid, which no value can be read as");
        message.Should().Contain("There is a handler for 'Nobody', which is not a data type of the client");
    }

    [Fact]
    public async Task A_required_attribute_that_is_not_set_puts_the_event_into_the_queue_and_says_so()
    {
        await StartAsync(client => client.Handle<Strict>("Users", new StrictHandler()));
        var queued = (await _harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle().Subject;
        queued.Message.Should().StartWith("The attribute 'mail' is not set, but Strict requires it.");
    }

    private async Task StartAsync(Func<IHermesClientBuilder, IHermesClientBuilder> handle)
    {
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await _harness.StartAsync(client => handle(Types(client)));
        await _harness.AppliedAsync();
    }

    private static IHermesClientBuilder Types(IHermesClientBuilder client) => client.DataType(
        "Users", type => type.From("SRVUsers").Map("login").Map("mail").Map("full-name", "{{ first ~ ' ' ~ last }}"));

    private sealed record User(string Login, string Full_Name, string? Mail);

    private sealed record Odd(Guid Login, string Shoe);

    private sealed record Strict(string Mail);

    private sealed class UserHandler : ITargetHandler<User>
    {
        public List<string> Calls { get; } = [];

        public ValueTask AddedAsync(User entry, TargetContext context, CancellationToken cancellationToken)
        {
            Calls.Add($"added {entry}");
            return ValueTask.CompletedTask;
        }

        public ValueTask ModifiedAsync(User entry, User previous, TargetContext context, CancellationToken cancellationToken)
        {
            Calls.Add($"modified {previous} to {entry}");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class OddHandler : ITargetHandler<Odd>;

    private sealed class StrictHandler : ITargetHandler<Strict>
    {
        public ValueTask AddedAsync(Strict entry, TargetContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
