using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Configuration;
using Hermes.ClientRuntime.Configuration;
using Hermes.Events;
using Hermes.Events.Json;

namespace Hermes.ClientRuntime.Tests.Steps;

public sealed class SignatureTests : ClientTest
{
    private const string Key = "the key of the campus server, 2026";
    private const string NextKey = "the key of the campus server, 2027";

    [Fact]
    public async Task Messages_that_are_signed_by_a_key_of_the_client_count()
    {
        Harness.SigningKey = Key;
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(Signed);
        Harness.SigningKey = NextKey;
        await Harness.SendAsync(Campus.User("2", "bob"));
        await Harness.AppliedAsync();

        Applied.Should().Equal("Added Users[1]", "Added Users[2]");
        (await Harness.Control.ListDeadLettersAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_message_of_somebody_without_the_key_is_set_aside_whatever_it_says()
    {
        Harness.SigningKey = Key;
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(Signed);
        await Harness.AppliedAsync();
        await ForgeAsync(Campus.Gone(Campus.User("1", "ada")), signature: null);
        await ForgeAsync(Campus.Gone(Campus.User("1", "ada")), signature: EventSignature.Of("{}"u8, EventSignature.KeyOf("the key of somebody else, also long")));
        await Harness.SendAsync(Campus.User("2", "bob"));
        await Harness.AppliedAsync();

        Applied.Should().Equal("Added Users[1]", "Added Users[2]");
        var letters = (await Harness.Control.ListDeadLettersAsync()).Items;
        letters.Should().HaveCount(2).And.OnlyContain(letter => letter.Reason.Contains("not signed") && !letter.Reason.Contains(Key));
    }

    [Fact]
    public async Task An_initsync_without_signature_is_not_begun_with()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("8", "forged"));
        await StartAsync(Signed);
        Harness.SigningKey = Key;
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await Harness.AppliedAsync();

        Applied.Should().Equal("Added Users[1]");
    }

    [Fact]
    public async Task Too_short_a_key_is_an_error_that_does_not_show_it()
    {
        var start = () => StartAsync(options => options.SigningKeys.Add("sesame"));

        var error = (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors.Should().ContainSingle().Subject;
        error.Path.Should().EndWith("SigningKeys:0");
        error.ToString().Should().NotContain("sesame");
    }

    private static void Signed(ClientOptions options)
    {
        options.SigningKeys.Add(NextKey);
        options.SigningKeys.Add(Key);
    }

    private async Task ForgeAsync(HermesEvent @event, string? signature)
    {
        var stamp = new EventStamp("harness", 4, Harness.Time.GetUtcNow());
        var headers = signature is null ? BusMessage.NoHeaders : new Dictionary<string, string> { [EventSignature.Header] = signature };
        await using var producer = Harness.Bus.CreateProducer();
        await producer.SendAsync([new BusMessage("base", EventJson.Encode(@event, stamp)) { Headers = headers }], CancellationToken.None);
    }
}
