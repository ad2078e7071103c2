// Description:
//   Deploys, and goes when told to.
//
// Commands:
//   hubot deploy <environment> - deploys, and says so in the thread
//   hubot go home - ends the robot
module.exports = (robot) => {
    robot.respond(/deploy (\w+)/i, (msg) => msg.reply(`deploying to ${msg.match[1]}`));
    robot.hear(/badger/i, (msg) => msg.send('mushroom'));
    robot.respond(/go home/i, () => process.exit(0));
};
