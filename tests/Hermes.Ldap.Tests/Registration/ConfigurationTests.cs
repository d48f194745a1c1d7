using System.Text;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.ActiveDirectory;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Source;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Ldap.Tests.Registration;

public class ConfigurationTests
{
    private readonly Builder _builder = new();

    [Fact]
    public void A_source_is_made_from_its_section()
    {
        _builder.Server.AddLdapKinds();

        using var source = (LdapSource)_builder.Sources["Ldap"](Settings(
            """{ "Kind": "Ldap", "Url": "ldaps://ldap.example.org", "Base": "dc=x", "Scope": "OneLevel", "PageSize": 500, "ListAttributes": ["member"] }"""));

        source.Should().NotBeNull();
    }

    [Fact]
    public void All_errors_of_a_source_are_reported_with_their_paths()
    {
        _builder.Server.AddLdapKinds();

        var make = () => _builder.Sources["Ldap"](Settings("""{ "Url": "ldap.example.org", "BindDn": "cn=a", "PageSize": 10 }"""));

        make.Should().Throw<HermesConfigurationException>().Which.Errors.Select(error => error.Path).Should().BeEquivalentTo("Part:Url", "Part:BindDn");
    }

    [Fact]
    public void A_source_that_code_configures_is_checked_alike()
    {
        _builder.Server.AddLdapSource("hr", options => options.Url = "http://x");

        _builder.Invoking(builder => builder.Sources["hr"](Settings("{}")))
            .Should().Throw<HermesConfigurationException>().WithMessage("*Sources:hr:Url*ldaps://host*");
    }

    [Fact]
    public void A_directory_target_is_read_with_its_types()
    {
        var settings = new TypeSettings(Settings(
            """
            {
              "Kind": "Ldap", "Url": "ldaps://ldap.example.org",
              "Entries": {
                "Users": {
                  "Base": "ou=people,dc=x", "DnAttribute": "uid", "ObjectClasses": ["inetOrgPerson"],
                  "Rename": { "first": "givenName" }, "Defaults": { "l": "Paris", "ou": ["a", "b"] },
                  "WhenTrashed": "Lock", "LockAttributes": { "pwdAccountLockedTime": "000001010000Z" }
                }
              },
              "Memberships": { "Members": { "Group": "group_id", "Member": "user_id" } }
            }
            """));
        var options = settings.Target<DirectoryTargetOptions>();
        settings.Types("Entries", options.Entries);
        settings.Types("Memberships", options.Memberships);
        settings.ThrowIfWrong();

        var users = options.Entries["Users"];
        users.ObjectClasses.Should().Equal("inetOrgPerson");
        users.Rename.Should().Equal(new Dictionary<string, string> { ["first"] = "givenName" });
        users.Defaults["l"].Should().Equal("Paris");
        users.Defaults["ou"].Should().Equal("a", "b");
        users.LockAttributes["pwdAccountLockedTime"].Should().Equal("000001010000Z");
        options.Memberships["Members"].LdapAttribute.Should().Be("member");
    }

    [Fact]
    public void All_errors_of_a_target_and_its_types_are_reported_together()
    {
        _builder.Client.AddLdapKinds();

        var make = () => _builder.Targets["Ldap"](Settings(
            """
            {
              "Url": "nonsense",
              "Entries": { "Users": { "DnAttribute": "uid", "Colour": "red" }, "Groups": { "Base": "dc=x", "DnAttribute": "cn", "WhenTrashed": "Move" } },
              "Memberships": { "Members": { "Group": "group_id" } }
            }
            """));

        make.Should().Throw<HermesConfigurationException>().Which.Errors.Select(error => error.Path).Should().BeEquivalentTo(
            "Part:Url", "Part:Entries:Users:Colour", "Part:Entries:Groups:ObjectClasses", "Part:Entries:Groups:TrashBase", "Part:Memberships:Members:Member");
    }

    [Fact]
    public void An_Active_Directory_target_is_made_from_its_section()
    {
        _builder.Client.AddLdapKinds();

        using var target = (ActiveDirectoryTarget)_builder.Targets["ActiveDirectory"](Settings(
            """
            {
              "Url": "ldaps://dc1.example.org", "BindDn": "hermes@example.org", "Password": "x",
              "Users": { "Users": { "Base": "ou=people,dc=x", "UpnSuffix": "example.org", "AccountFlags": ["DONT_EXPIRE_PASSWORD"] } },
              "Groups": { "Groups": { "Base": "ou=groups,dc=x", "GroupKind": "UniversalSecurity" } }
            }
            """));

        target.Handles("Users", TargetChangeKind.Added).Should().BeTrue();
        target.Handles("Groups", TargetChangeKind.Trashed).Should().BeTrue();
    }

    [Fact]
    public void Active_Directory_without_TLS_and_with_unknown_flags_is_refused()
    {
        _builder.Client.AddLdapKinds();

        var make = () => _builder.Targets["ActiveDirectory"](Settings(
            """{ "Url": "ldap://dc1.example.org", "Users": { "Users": { "Base": "dc=x", "AccountFlags": ["NOPE"] } } }"""));

        make.Should().Throw<HermesConfigurationException>().WithMessage("*Part:Url: *TLS only*").WithMessage("*Part:Users:Users:AccountFlags: *'NOPE'*");
    }

    [Fact]
    public void Targets_that_code_configures_are_checked_alike()
    {
        _builder.Client.ToLdapDirectory(options => options.Entries["Users"] = new DirectoryEntryOptions());
        _builder.Invoking(builder => builder.Target!(builder.Services.BuildServiceProvider()))
            .Should().Throw<HermesConfigurationException>().WithMessage("*Target:Url*Target:Entries:Users:Base*");

        _builder.Client.ToActiveDirectory(options => options.Groups["Groups"] = new GroupOptions { WhenTrashed = WhenTrashed.Lock });
        _builder.Invoking(builder => builder.Target!(builder.Services.BuildServiceProvider()))
            .Should().Throw<HermesConfigurationException>().WithMessage("*Target:Url*Target:Groups:Groups:Base*");
    }

    private static PartSettings Settings(string json)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "Part": {{json}} }""")))
            .Build();
        return new PartSettings(new ServiceCollection().BuildServiceProvider(), "part", configuration.GetSection("Part"));
    }

    /// <summary>Keeps what is registered, so that a test can make it.</summary>
    private sealed class Builder : IHermesServerBuilder, IHermesClientBuilder
    {
        public string Name => "test";

        public IServiceCollection Services { get; } = new ServiceCollection();

        public IHermesServerBuilder Server => this;

        public IHermesClientBuilder Client => this;

        public Dictionary<string, Func<PartSettings, IDataSource>> Sources { get; } = [];

        public Dictionary<string, Func<PartSettings, IClientTarget>> Targets { get; } = [];

        public Func<IServiceProvider, IClientTarget>? Target { get; private set; }

        public IHermesServerBuilder AddSource(string name, Func<IServiceProvider, IDataSource> create)
        {
            Sources[name] = settings => create(settings.Services);
            return this;
        }

        public IHermesServerBuilder AddSourceKind(string kind, Func<PartSettings, IDataSource> create)
        {
            Sources[kind] = create;
            return this;
        }

        public IHermesClientBuilder UseTarget(Func<IServiceProvider, IClientTarget> create)
        {
            Target = create;
            return this;
        }

        public IHermesClientBuilder AddTargetKind(string kind, Func<PartSettings, IClientTarget> create)
        {
            Targets[kind] = create;
            return this;
        }

        public IHermesServerBuilder UseBus(Func<IServiceProvider, IMessageBusProducer> create) => this;

        public IHermesServerBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusProducer> create) => this;

        public IHermesClientBuilder UseBus(Func<IServiceProvider, IMessageBusConsumer> create) => this;

        public IHermesClientBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusConsumer> create) => this;
    }
}
