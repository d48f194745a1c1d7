using System.Text.Json;
using Hermes.Abstractions;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Tests.Servers;
using Hermes.Http.Webhook;
using Hermes.Testing.Targets;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Http.Tests.Webhook;

public sealed class WebhookTests
{
    private const string NewSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly Entry Ada = Person("ada", "Ada", ("mail", "ada@campus.example"), ("code", SecretText));

    [Fact]
    public async Task Receivers_of_the_old_and_of_the_new_secret_take_a_message_while_they_are_exchanged()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var target = await StartAsync(receiver.Options(options => options.Secrets.Add(NewSecret)));

        await target.ApplyAsync(Added(Ada), new TestTargetContext(), default);
        receiver.VerifyWith = NewSecret;
        await target.ApplyAsync(Removed(Ada), new TestTargetContext(), default);

        receiver.Taken.Select(told => told.Kind).Should().Equal("added", "removed");
    }

    [Fact]
    public async Task A_receiver_with_another_secret_refuses()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var target = await StartAsync(receiver.Options());
        receiver.VerifyWith = NewSecret;

        (await RefusalAsync(target, Added(Ada))).Fault.Should().Be(FaultKind.Permanent);
        receiver.Taken.Should().BeEmpty();
    }

    [Fact]
    public async Task An_attempt_that_is_made_again_has_the_same_id_and_body_and_a_time_of_its_own()
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            if (number == 1)
                context.Response.Headers.RetryAfter = "120";
            context.Response.StatusCode = number == 1 ? 503 : 204;
            return Task.CompletedTask;
        });
        var clock = new ImpatientClock();
        var context = new TestTargetContext();
        var options = new WebhookTargetOptions { Address = service.Address, Retries = 1, RequestTimeout = TimeSpan.FromHours(2), Secrets = { WebhookReceiver.Secret } };
        using var target = await StartAsync(options, clock);

        await target.ApplyAsync(Added(Ada), context, default);

        var (first, second) = (service.Requests[0], service.Requests[1]);
        new[] { first, second }.Select(request => request.Header("webhook-id")).Should().AllBe(context.ChangeId);
        second.Body.Should().Be(first.Body);
        (Time(second) - Time(first)).Should().BeGreaterThanOrEqualTo(120);
        second.Header("webhook-signature").Should().Be(
            new StandardWebhook(WebhookReceiver.Secret).Sign(context.ChangeId, DateTimeOffset.FromUnixTimeSeconds(Time(second)), second.Body));

        static long Time(HeardRequest request) => long.Parse(request.Header("webhook-timestamp")!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Secrets_are_told_only_if_they_are_named_and_what_is_not_told_is_no_reason_to_tell()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var target = await StartAsync(receiver.Options());
        var secret = new EntryModified(People, KeyOf(Ada), Ada, Ada, new(Entry.Empty, Entry.Of(("code", SecretText)), []));
        var both = new EntryModified(People, KeyOf(Ada), Ada.With("name", "A."), Ada, new(Entry.Empty, Entry.Of(("code", SecretText), ("name", "A.")), ["code", "note"]));

        await target.ApplyAsync(Added(Ada), new TestTargetContext(), default);
        await target.ApplyAsync(secret, new TestTargetContext(), default);
        await target.ApplyAsync(both, new TestTargetContext(), default);

        receiver.Taken.Should().HaveCount(2);
        receiver.Taken[1].Changed.Should().Equal("name");
        receiver.Taken[1].Removed.Should().Equal("note");
        receiver.Requests.Should().NotContain(request => request.Body.Contains(SecretText, StringComparison.Ordinal) || request.Body.Contains("code", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_types_and_attributes_that_are_named_are_told()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var target = await StartAsync(receiver.Options(options => options.Types[People] = new WebhookTypeOptions { Attributes = { "mail" } }));
        var member = Member("g", "ada");

        await target.ApplyAsync(new EntryAdded(Members, member.Key, member.Entry), new TestTargetContext(), default);
        await target.ApplyAsync(Added(Ada), new TestTargetContext(), default);
        await target.ApplyAsync(Modified(Ada, Ada.With("name", "A.")), new TestTargetContext(), default);

        target.Handles(Members, TargetChangeKind.Added).Should().BeFalse();
        receiver.Taken.Should().ContainSingle().Which.Entry.Should().Equal(Entry.Of(("mail", "ada@campus.example")));
    }

    [Fact]
    public async Task A_receiver_that_is_gone_gets_nothing_more()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var target = await StartAsync(receiver.Options());
        receiver.Refuse = _ => StatusCodes.Status410Gone;

        var first = await RefusalAsync(target, Added(Ada));
        var second = await RefusalAsync(target, Removed(Ada));

        (first.Fault, second.Fault).Should().Be((FaultKind.Permanent, FaultKind.Permanent));
        second.Message.Should().Contain("410").And.Contain("started again");
        receiver.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(400, FaultKind.Permanent)]
    [InlineData(401, FaultKind.Permanent)]
    [InlineData(404, FaultKind.Permanent)]
    [InlineData(302, FaultKind.Permanent)]
    [InlineData(408, FaultKind.Transient)]
    [InlineData(429, FaultKind.Transient)]
    [InlineData(500, FaultKind.Transient)]
    public async Task What_a_receiver_says_of_a_message_is_final_and_what_it_says_of_itself_passes(int status, FaultKind fault)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var target = await StartAsync(receiver.Options());
        receiver.Refuse = _ => status;

        (await RefusalAsync(target, Added(Ada))).Fault.Should().Be(fault);
        receiver.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_cloud_event_is_one_object()
    {
        var (request, id) = await RequestAsync(options => (options.Format, options.Source) = (WebhookFormat.CloudEvents, "https://campus.example/hermes"), Added(Ada));

        request.Header("Content-Type").Should().StartWith("application/cloudevents+json");
        using var json = JsonDocument.Parse(request.Body);
        Text("specversion").Should().Be("1.0");
        Text("id").Should().Be(id).And.Be(request.Header("webhook-id"));
        Text("source").Should().Be("https://campus.example/hermes");
        Text("type").Should().Be("People.added");
        json.RootElement.GetProperty("data").GetProperty("entry").GetProperty("mail").GetString().Should().Be("ada@campus.example");

        string? Text(string name) => json.RootElement.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_cloud_event_in_binary_mode_has_its_attributes_in_headers_whatever_letters_its_type_has()
    {
        var (request, id) = await RequestAsync(options => options.Format = WebhookFormat.CloudEventsBinary, new EntryRemoved("Führungs kräfte", KeyOf(Ada), Ada));

        new[] { "ce-specversion", "ce-id", "ce-source", "ce-type" }.Select(request.Header).Should().Equal("1.0", id, "urn:hermes", "F%C3%BChrungs%20kr%C3%A4fte.removed");
        request.Header("Content-Type").Should().StartWith("application/json");
        using var json = JsonDocument.Parse(request.Body);
        json.RootElement.GetProperty("key").GetString().Should().Be("ada");
    }

    [Fact]
    public async Task A_receiver_in_a_private_network_can_be_forbidden()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var target = await StartAsync(receiver.Options(options => options.AllowPrivateAddresses = false));

        (await RefusalAsync(target, Added(Ada))).Message.Should().NotContain(WebhookReceiver.Secret);
        receiver.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task What_does_not_fit_the_types_of_the_client_is_told_together()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var start = () => StartAsync(receiver.Options(options =>
        {
            options.Types["Persons"] = new WebhookTypeOptions();
            options.Types[People] = new WebhookTypeOptions { Attributes = { "name", "emial" } };
        }));

        (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors.Select(error => error.Path)
            .Should().BeEquivalentTo("Target:Types:Persons", $"Target:Types:{People}:Attributes");
    }

    private static async Task<(HeardRequest Request, string Id)> RequestAsync(Action<WebhookTargetOptions> configure, TargetChange change)
    {
        await using var service = await TestService.StartAsync("{}");
        var options = new WebhookTargetOptions { Address = service.Address, Secrets = { WebhookReceiver.Secret } };
        configure(options);
        using var target = new WebhookTarget(options);
        await target.StartAsync([.. All, All[0] with { Name = change.Type }], default);
        var context = new TestTargetContext();
        await target.ApplyAsync(change, context, default);
        return (service.Requests.Single(), context.ChangeId);
    }

    private static async Task<WebhookTarget> StartAsync(WebhookTargetOptions options, TimeProvider? time = null)
    {
        var target = new WebhookTarget(options, time);
        try
        {
            await target.StartAsync(All, default);
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    private static async Task<TargetException> RefusalAsync(WebhookTarget target, TargetChange change)
    {
        var apply = async () => await target.ApplyAsync(change, new TestTargetContext(), default);
        return (await apply.Should().ThrowAsync<TargetException>()).Which;
    }
}
