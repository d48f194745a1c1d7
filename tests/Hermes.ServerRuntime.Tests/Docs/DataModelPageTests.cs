using System.Text;
using System.Text.RegularExpressions;
using Hermes.Diff.Model;
using Hermes.Runtime.Configuration;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Hosting;
using Hermes.Templates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Docs;

/// <summary>The examples of docs/server-data-model.md are read, compiled and checked.</summary>
public partial class DataModelPageTests
{
    private static readonly HashSet<string> Sources = ["staff", "students", "wifi"];

    [Fact]
    public void Example_in_json_is_a_valid_server()
    {
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Block("json")))).Build();
        var errors = new ConfigurationErrors("Hermes");
        var options = new HermesServerOptions();
        ServerSectionReader.Read(configuration.GetSection("Hermes:Servers:campus"), options, new ServerPartSections(), errors);

        var model = Check(options, errors);
        model.Types.Select(type => type.Name).Should().Equal("Users", "Groups", "Memberships");
        model.Types[0].SentAttributes.Should().Equal("jobs", "login", "mails", "password", "user_id", "wifi_profile");
        model.Types[0].Sources.Select(source => source.KeyMergeConstraint).Should().Equal(
            KeyMergeConstraint.None, KeyMergeConstraint.MustNotExist, KeyMergeConstraint.MustAlreadyExist);
        model.Types[2].ForeignKeys.Should().HaveCount(2);
    }

    [Fact]
    public void Example_in_code_is_what_is_compiled_here_and_a_valid_server()
    {
        Unindented(Read("tests/Hermes.ServerRuntime.Tests/Docs/DataModelPageTests.cs")).Should().Contain(Unindented(Block("csharp")));

        var services = new ServiceCollection();
        Example(services);
        using var provider = services.BuildServiceProvider();
        var options = new HermesServerOptions();
        foreach (var configure in provider.GetRequiredKeyedService<ServerRegistration>("campus").Configure)
            configure(options);
        Check(options, new("Hermes")).Types.Single().SecretAttributes.Should().Equal("password");
    }

    private static void Example(IServiceCollection services)
    {
        services.AddHermesServer("campus", server => server
            .PollEvery(TimeSpan.FromMinutes(5))
            .DataType("Users", users => users
                .Key("user_id")
                .From("staff", source => source
                    .Fetch("SELECT EMP_NO, LOGIN, PWD FROM employees")
                    .Map("user_id", "EMP_NO")
                    .Map("login", "{{ LOGIN | lower }}")
                    .Map("password", "PWD")
                    .Secret("password"))));
    }

    private static ServerModel Check(HermesServerOptions options, ConfigurationErrors errors)
    {
        SettingsCheck.TryCheck("campus", "Hermes:Servers:campus", options, new JinjaTemplateEngine(), Sources, errors, out var settings);
        errors.Should().BeEmpty();
        settings!.Model.Warnings.Should().BeEmpty();
        return settings.Model;
    }

    private static string Block(string language) =>
        Regex.Match(Read("docs/server-data-model.md"), $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    private static string Read(string file)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Hermes.Sdk.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return File.ReadAllText(Path.Combine(root.FullName, file));
    }

    private static string Unindented(string code) => Indentation().Replace(code, "\n").Trim();

    [GeneratedRegex(@"\n\s*")]
    private static partial Regex Indentation();
}
