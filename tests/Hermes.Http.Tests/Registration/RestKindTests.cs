using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;
using Hermes.Http.Rest;
using Hermes.Http.Source;
using Hermes.Http.Tests.Rest;
using Hermes.Templates;
using Hermes.TestSupport.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Http.Tests.Registration;

public sealed class RestKindTests
{
    private readonly RecordingClientBuilder _client = new();

    public RestKindTests() => _client.Services.AddHermesTemplates();

    [Fact]
    public void A_target_is_made_from_its_section()
    {
        _client.AddHttpKinds();

        using var target = (RestTarget)_client.Target(
            "Rest", ("Kind", "Rest"), ("Address", "https://portal.example/api"), ("Authentication", "Bearer"), ("Token", "abc"), ("Paging", "Link"), ("Proof", "Total"),
            ("TotalHeader", "X-Total-Count"), ("Resources:Users:Path", "users"), ("Resources:Users:Attributes:login", "/login"),
            ("Resources:Users:Modify", "PATCH users/{{ _ID }}"), ("Resources:Users:Match:0", "login"), ("Resources:Users:WhenExists", "Adopt"));

        target.Handles("Users", TargetChangeKind.Added).Should().BeTrue();
        target.Handles("Groups", TargetChangeKind.Added).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_setting_that_is_wrong_or_does_not_fit_the_others_is_told_with_its_path(string setting, Action<RestTargetOptions> change)
    {
        _client.ToRest(options =>
        {
            (options.Address, options.Proof, options.TotalHeader) = ("https://portal.example", ReadProof.Total, "X-Total-Count");
            options.Resources["Users"] = new RestTypeOptions { Path = "users", Attributes = { ["login"] = "/login" } };
            change(options);
        });

        var make = () => _client.Target();

        make.Should().Throw<HermesConfigurationException>().Which.Errors.Select(error => error.Path).Should().Contain($"Target:{setting}");
    }

    public static TheoryData<string, Action<RestTargetOptions>> Mistakes() => new()
    {
        { "TotalPointer", options => options.TotalHeader = null },
        { "PagingParameter", options => options.Paging = HttpPaging.Offset },
        { "IdempotencyHeader", options => options.IdempotencyHeader = "a b" },
        { "PatchMediaType", options => options.PatchMediaType = "json" },
        { "Resources:Users:Path", options => options.Resources["Users"].Path = "../users" },
        { "Resources:Users:Path", options => options.Resources["Users"].Path = "users/{{ login }}" },
        { "Resources:Users:Find", options => options.Resources["Users"].Path = null },
        { "Resources:Users:Add", options => options.Resources["Users"].Add = "users" },
        { "Resources:Users:Modify", options => options.Resources["Users"].Modify = "PUT users/{{ _ID" },
        { "Resources:Users:Remove", options => options.Resources["Users"].Remove = "DELETE //elsewhere.example/{{ _ID }}" },
        { "Resources:Users:Recycle", options => options.Resources["Users"].Trash = "POST users/{{ _ID }}/lock" },
        { "Resources:Users:AddBody", options => options.Resources["Users"].AddBody = "{{ login }}" },
        { "Resources:Users:List", options => options.Resources["Users"].List = "users?of={{ login }}" },
        { "Resources:Users:Id", options => options.Resources["Users"].Id = "id" },
        { "Resources:Users:Attributes:login", options => options.Resources["Users"].Attributes["login"] = "login" },
        { "Resources:Users:Attributes", options => options.Resources["Users"].Attributes["name"] = "/login" },
        { "Resources:Users:Match", options => options.Resources["Users"].Match.Add("mail") },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task What_does_not_fit_the_types_of_the_client_is_told_when_it_starts(string setting, Action<RestTargetOptions> change)
    {
        var options = RestDriver.Options("https://portal.example");
        change(options);
        using var target = new RestTarget(options, new JinjaTemplateEngine());

        var start = async () => await RestDriver.StartAsync(target);

        (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors.Select(error => error.Path).Should().Equal($"Target:Resources:{setting}");
    }

    public static TheoryData<string, Action<RestTargetOptions>> Misfits() => new()
    {
        { "Teams", options => options.Resources["Teams"] = new RestTypeOptions { Path = "teams", Attributes = { ["a"] = "/a" } } },
        { "Users:Attributes:logn", options => options.Resources["Users"].Attributes["logn"] = "/logn" },
        {
            "Groups:Attributes:members", options =>
            {
                options.Resources["Groups"].Attributes.Remove("owner");
                options.Resources.Remove("Users");
            }
        },
        { "Users:Search", options => options.Resources["Users"].Search = "users?login={{ logn }}" },
        { "Users", options => options.Resources["Users"].Search = "users?login={{ login | nonsense }}" },
        { "Users", options => (options.Proof, options.Resources["Groups"].Search) = (ReadProof.NotChosen, "groups?key={{ id }}") },
    };
}
