package dev.penstock.flow.engine;

import java.util.random.RandomGenerator;

/// Names of flow runs: two random words, such as `discerning-grebe`.
public final class RunNames {
  private static final String[] QUALITIES =
      """
      able amber ample ancient ardent autumn bold brave bright brisk calm candid careful clever \
      copper crisp curious daring deft discerning dusky eager early earnest elegant fair faithful \
      fearless fine fleet fond frosty gentle glad golden graceful grand green happy hardy hazel \
      honest humble idle indigo ivory jolly keen kind lively lucid lunar mellow merry mighty mild \
      modest noble nimble olive patient placid plucky polite proud prudent quick quiet radiant rapid \
      ready robust rosy royal russet sage serene sharp silent silver simple sincere sleek smart \
      solar solid spry stable steady stellar stout sturdy subtle sunny swift tall tender thrifty \
      tidy tranquil trusty upbeat valiant velvet vivid warm wary wise witty worthy zealous\
      """
          .split(" ");
  private static final String[] ANIMALS =
      """
      adder albatross alpaca ant antelope avocet badger barbel beaver bee bison bittern bream \
      bullfinch bunting buzzard camel caribou carp cat chamois cheetah chough civet cobra cod \
      condor coot cormorant crab crane cricket crow cuckoo curlew deer dingo dipper dolphin dormouse \
      dove duck dunlin eagle eel egret eider elk falcon ferret finch firefly flamingo fox frog \
      gannet gazelle gecko gibbon giraffe goat goose goshawk grebe grouse gull hare harrier hawk \
      hedgehog heron hoopoe hornet horse ibex ibis impala jackdaw jaguar jay kestrel kingfisher kite \
      kiwi koala lapwing lark lemur leopard linnet lion lizard llama lobster loon lynx magpie \
      mallard marmot marten martin meerkat merlin mole moose moth mouse newt nightjar ocelot octopus \
      orca oriole oryx osprey otter owl oyster panda parrot partridge pelican penguin petrel \
      pheasant pigeon pike pintail plover polecat pony puffin puma quail rabbit raven ray redstart \
      reindeer robin rook salmon seal shrew shrike siskin skua skylark sloth snipe sparrow squid \
      squirrel starling stilt stoat stork sturgeon swallow swan swift tapir teal tern thrush tiger \
      tit toad trout turtle viper vole walrus warbler wasp weasel whale wigeon wolf wombat wren \
      yak zebra\
      """
          .split(" ");

  private RunNames() {}

  public static String next(RandomGenerator random) {
    return QUALITIES[random.nextInt(QUALITIES.length)]
        + "-"
        + ANIMALS[random.nextInt(ANIMALS.length)];
  }
}
