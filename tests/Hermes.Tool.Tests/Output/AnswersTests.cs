using System.Text.Json.Nodes;
using Hermes.Tool.Output;

namespace Hermes.Tool.Tests.Output;

public sealed class AnswersTests
{
    private readonly StringWriter _output = new() { NewLine = "\n" };

    private static TextTable Table => new TextTable("Name", "State").Add("campus", "Waiting").Add("ä", null);

    [Fact]
    public void A_table_that_is_piped_is_aligned_and_plain()
    {
        new Answers(_output, isJson: false, isTerminal: false).Write(Table, "none");

        _output.ToString().Should().Be("Name    State\ncampus  Waiting\nä\n");
    }

    [Fact]
    public void A_table_for_people_holds_the_same()
    {
        new Answers(_output, isJson: false, isTerminal: true).Write(Table, "none");

        _output.ToString().Should().ContainAll("Name", "State", "campus", "Waiting", "ä", "│");
    }

    [Fact]
    public void What_is_none_is_said() => Written(answers => answers.Write(new TextTable("Name"), "There are none.")).Should().Be("There are none.\n");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Data_cannot_steer_a_terminal_nor_pretend_to_be_another_row(bool isTerminal)
    {
        new Answers(_output, isJson: false, isTerminal).Write(new TextTable("Message").Add("a\u001b[2Jb\nc [red]d[/]"), "none");

        _output.ToString().Should().NotContain("\u001b[2J").And.Contain("a [2Jb c [red]d[/]");
    }

    [Fact]
    public void Json_is_written_as_it_is() =>
        Written(answers => answers.WriteLine(new JsonObject { ["name"] = "ä <b>" })).Should().Be("{\"name\":\"ä <b>\"}\n");

    private string Written(Action<Answers> write)
    {
        write(new Answers(_output, isJson: true, isTerminal: false));
        return _output.ToString();
    }
}
