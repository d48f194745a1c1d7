using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;
using Hermes.Http.Webhook;
using Hermes.TestSupport.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Http.Tests.Registration;

public sealed class WebhookKindTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly RecordingClientBuilder _client = new();

    [Fact]
    public void A_target_is_made_from_its_section()
    {
        _client.AddHttpKinds();

        using var target = (WebhookTarget)_client.Target(
            "Webhook", ("Kind", "Webhook"), ("Address", "https://portal.example/hooks"), ("Secrets:0", Secret), ("Format", "CloudEventsBinary"), ("Source", "urn:campus"),
            ("Types:Users:Attributes:0", "login"));

        target.Handles("Users", TargetChangeKind.Added).Should().BeTrue();
        target.Handles("Groups", TargetChangeKind.Added).Should().BeFalse();
    }

    [Fact]
    public void All_errors_are_told_together_and_none_shows_a_secret()
    {
        _client.AddHttpKinds();

        var make = () => _client.Target(
            "Webhook", ("Address", "nonsense"), ("Secrets:0", Secret), ("Secrets:1", "whsec_c2hvcnQ="), ("Secrets:2", "n0-base64!"), ("Source", "not a uri"),
            ("Types:Users:Atributes:0", "x"));

        var told = make.Should().Throw<HermesConfigurationException>().Which;
        told.Errors.Select(error => error.Path).Should().BeEquivalentTo("Part:Address", "Part:Secrets:1", "Part:Secrets:2", "Part:Source", "Part:Types:Users:Atributes");
        told.Message.Should().NotContainAny("c2hvcnQ=", "n0-base64", Secret);
    }

    [Fact]
    public void Without_a_secret_there_is_nothing_to_sign_with()
    {
        _client.ToWebhook(options => options.Address = "https://portal.example/hooks");

        var make = () => _client.Target();

        make.Should().Throw<HermesConfigurationException>().Which.Errors.Should().ContainSingle(error => error.Path == "Target:Secrets");
    }
}
